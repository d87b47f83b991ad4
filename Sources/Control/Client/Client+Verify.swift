import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import Spec

extension Client {
    /// Checks the job's checkpoints or, with a range, trains a stretch again; hands every line to `body`.
    ///
    /// The daemon works only as long as this call lasts: a task that is cancelled ends the verification.
    /// - Throws: `ClientError`, also for what went wrong in the middle; what `body` throws.
    public func verify(
        _ job: String, _ range: VerifyRange? = nil,
        _ body: (_ update: VerifyUpdate, _ line: String) async throws -> Void
    ) async throws {
        let response = try await open(.GET, path(job, "verify") + (range?.query ?? ""), limit: .none)
        var (lines, hasEnded) = (LineSplitter(), false)
        var chunks = response.body.makeAsyncIterator()
        while let chunk = try await next(&chunks) {
            lines.append(chunk.readableBytesView)
            while let line = try lines.next("a line of the verification") {
                guard let update = try? WireJSON.decode(VerifyUpdate.self, from: Data(line)) else {
                    throw ClientError.unreadable("a line of the verification")
                }
                switch update {
                case .problem(let problem): throw ClientError.problem(problem)
                case .summary, .comparison: hasEnded = true
                case .checkpoint, .progress: break
                }
                try await body(update, String(decoding: line, as: UTF8.self))
            }
        }
        guard hasEnded else { throw ClientError.connectionLost("the verification has not come to its end") }
    }
}

extension VerifyRange {
    fileprivate var query: String {
        var query = "?from=\(from.map { "\($0)" } ?? "start")&to=\(to)"
        switch workers {
        case .auto: query += "&workers=auto"
        case .count(let count): query += "&workers=\(count)"
        case nil: break
        }
        return query
    }
}
