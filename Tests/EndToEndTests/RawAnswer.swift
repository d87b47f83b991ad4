import Control
import Foundation
import TestSupport
import Testing

/// What came back over the socket, taken apart.
struct RawAnswer {
    let status: Int
    /// By their names in small letters.
    let headers: [String: String]
    let body: String

    /// - Throws: A failed requirement when the text is no whole answer.
    init(_ text: String) throws {
        let end = try #require(text.range(of: "\r\n\r\n"), "\(text)")
        let lines = text[..<end.lowerBound].components(separatedBy: "\r\n")
        let first = try #require(lines.first)
        status = try #require(Int(first.dropFirst(9).prefix(3)))
        let pairs = try lines.dropFirst().map { line in
            let colon = try #require(line.firstIndex(of: ":"))
            return (
                line[..<colon].lowercased(),
                line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
            )
        }
        headers = Dictionary(pairs) { first, _ in first }
        let rest = String(text[end.upperBound...])
        body = headers["transfer-encoding"] == "chunked" ? try Self.joined(rest) : rest
    }

    var json: JSON { get throws { try JSON(Data(body.utf8)) } }

    var problem: Problem { get throws { try WireJSON.decode(Problem.self, from: Data(body.utf8)) } }

    /// RFC 9112, 7.1. All that is sent here is ASCII but for what a test puts in.
    private static func joined(_ text: String) throws -> String {
        var (bytes, rest) = ([UInt8](), Array(text.utf8)[...])
        while true {
            let end = try #require(rest.firstIndex(of: 13))
            let size = try #require(Int(String(decoding: rest[..<end], as: UTF8.self), radix: 16))
            guard size > 0 else { return String(decoding: bytes, as: UTF8.self) }
            let start = end + 2
            bytes += rest[start..<start + size]
            rest = rest[(start + size + 2)...]
        }
    }
}

extension Sandbox {
    /// Sends one request, with more header fields than ``RawRequest`` has.
    func ask(
        _ method: String, _ path: String, _ body: String = "", _ headers: [String: String] = [:]
    ) async throws -> RawAnswer {
        let fields = headers.map { "\($0): \($1)\r\n" }.joined()
        return try RawAnswer(
            await RawRequest.send(
                "\(method) \(path) HTTP/1.1\r\nHost: nnd\r\nConnection: close\r\n\(fields)"
                    + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)",
                to: socket))
    }
}
