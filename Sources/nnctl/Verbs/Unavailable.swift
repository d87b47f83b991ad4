import ArgumentParser
import Control

/// Verbs that nnd is to have and does not have yet. Each says so, instead of being an unknown word.
enum Unavailable {
    static let verbs: [any ParsableCommand.Type] = [Logs.self, Predict.self]

    static func failure(_ command: String) -> Failure {
        Failure(.usage, "`\(command)` is not available in this version.")
    }

    struct Logs: UnavailableVerb {
        static let configuration = hidden("logs")
        @Argument(parsing: .captureForPassthrough) var rest: [String] = []
    }

    struct Predict: UnavailableVerb {
        static let configuration = hidden("predict")
        @Argument(parsing: .captureForPassthrough) var rest: [String] = []
    }

    private static func hidden(_ name: String) -> CommandConfiguration {
        CommandConfiguration(
            commandName: name, abstract: "Not available in this version.", shouldDisplay: false)
    }
}

/// Takes any arguments and refuses.
protocol UnavailableVerb: ParsableCommand {
    static var command: String { get }
}

extension UnavailableVerb {
    static var command: String { "nnctl \(configuration.commandName ?? "")" }

    func run() throws {
        throw Unavailable.failure(Self.command)
    }
}
