import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import Spec

extension Client {
    /// Hands a job's weights to `body` as a file of another program's format, in pieces as they come.
    ///
    /// - Throws: `ClientError`, also when the answer breaks off in the middle; what `body` throws.
    public func export(_ job: String, _ request: ExportRequest, _ body: ([UInt8]) throws -> Void) async throws
    {
        var query = "?format=\(request.format.rawValue)&layout=\(request.layout.rawValue)"
        if let weights = request.weights { query += "&weights=\(weights.rawValue)" }
        if let checkpoint = request.checkpoint { query += "&checkpoint=\(checkpoint)" }
        let response = try await open(.GET, path(job, "export") + query, limit: .none)
        try await forward(response, to: body)
    }
}
