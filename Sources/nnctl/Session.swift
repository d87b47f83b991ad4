import Control
import Foundation
import Glibc

/// What a verb has to work with: its options, the environment and the two streams.
package struct Session: Sendable {
    let socket: SocketPath
    let isJSON: Bool
    let isQuiet: Bool
    let style: Style
    let environment: [String: String]
    let userID: UInt32
    let output = StandardStream.output
    let talk = StandardStream.error

    init(_ options: GlobalOptions) throws {
        environment = ProcessEnvironment.current
        userID = geteuid()
        socket = try SocketPath.find(option: options.socket, environment: environment, userID: userID)
        isJSON = options.json
        isQuiet = options.quiet
        style = options.color.style(isTerminal: output.isTerminal, environment: environment)
    }

    /// A client for the daemon on the session's socket, once it is sure whose socket that is.
    func withClient<Success>(_ body: (Client) async throws -> Success) async throws -> Success {
        try socket.checkOwner(userID: userID)
        return try await Client.with(socket, body)
    }

    /// Prints the message as JSON, or what `text` makes of it for the width of the terminal.
    func print<Message: Encodable>(_ message: Message, text: (_ width: Int?) -> String) throws {
        try output.write(isJSON ? String(decoding: NDJSON.line(message), as: UTF8.self) : text(output.width))
    }

    /// Says a sentence on standard error. Nothing depends on whether anybody hears it.
    func say(_ sentence: String) {
        guard !isQuiet else { return }
        try? talk.writeLine(sentence)
    }

    /// What a verb that changes something has to tell: how it is now as data, or a sentence as talk.
    func report(_ message: some Encodable, _ sentence: String) throws {
        if isJSON {
            try output.write(String(decoding: NDJSON.line(message), as: UTF8.self))
        } else {
            say(sentence)
        }
    }
}
