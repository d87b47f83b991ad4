import AsyncHTTPClient
import Foundation
import NIOCore

/// A job's status line by line, as the daemon sends it.
///
/// It reads from the socket only what its reader asks for; a slow reader slows the stream, and nothing piles
/// up.
public struct JobUpdates: AsyncSequence, Sendable {
    /// One line of the stream.
    public struct Element: Sendable, Equatable {
        /// What the line says.
        public var status: JobStatus
        /// Where to go on from when the stream broke off; see ``Client/updates(of:since:)``.
        public var cursor: String?
        /// The line as it came, without its line feed.
        public var line: String
    }

    public typealias Failure = ClientError

    let body: HTTPClientResponse.Body
    let socket: SocketPath

    public func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(body: body.makeAsyncIterator(), socket: socket)
    }

    /// Takes one line after the other off the socket.
    public struct AsyncIterator: AsyncIteratorProtocol {
        var body: HTTPClientResponse.Body.AsyncIterator
        let socket: SocketPath
        private var lines = LineSplitter()

        init(body: HTTPClientResponse.Body.AsyncIterator, socket: SocketPath) {
            self.body = body
            self.socket = socket
        }

        /// - Returns: nil when the stream ended after a whole line.
        public mutating func next() async throws(ClientError) -> Element? {
            while true {
                if let line = try nextLine() { return try Self.element(line) }
                guard let chunk = try await nextChunk() else { break }
                lines.append(chunk.readableBytesView)
            }
            guard lines.remainder.isEmpty else { throw .connectionLost("the last line was cut off") }
            return nil
        }

        private mutating func nextLine() throws(ClientError) -> [UInt8]? {
            do {
                return try lines.next()
            } catch {
                throw .protocolViolation(
                    "\(socket) sent a line of more than \(NDJSON.maximumLineLength) bytes; "
                        + "is it a socket of nnd?"
                )
            }
        }

        private mutating func nextChunk() async throws(ClientError) -> ByteBuffer? {
            do {
                return try await body.next(isolation: #isolation)
            } catch {
                throw ClientError(underlying: error, socket: socket, limit: .none)
            }
        }

        private static func element(_ line: [UInt8]) throws(ClientError) -> Element {
            do {
                let update = try WireJSON.decode(StatusUpdate.self, from: Data(line))
                return Element(
                    status: update.status, cursor: update.cursor, line: String(decoding: line, as: UTF8.self))
            } catch {
                throw .unreadable("a line of the job's updates")
            }
        }
    }
}
