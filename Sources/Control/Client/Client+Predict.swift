import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1

extension Client {
    /// Lets a job's weights predict, and hands the answer to `body` in pieces as it comes.
    ///
    /// - Throws: `ClientError`, also when the answer breaks off in the middle; what `body` throws.
    public func predict(
        _ job: String, _ request: PredictRequest, _ body: ([UInt8]) throws -> Void
    ) async throws {
        let response = try await open(.POST, path(job, "predict"), body: encoded(request), limit: .none)
        try await forward(response, to: body)
    }

    /// As the method above, one prediction at a time.
    public func predictions(
        _ job: String, _ request: PredictRequest, _ body: (Prediction) throws -> Void
    ) async throws {
        var request = request
        request.format = .ndjson
        var lines = LineSplitter(longest: maximumAnswer)
        try await predict(job, request) { bytes in
            lines.append(bytes)
            while let line = try lines.next("a prediction") {
                guard let prediction = try? WireJSON.decode(Prediction.self, from: Data(line)) else {
                    throw ClientError.unreadable("a prediction")
                }
                try body(prediction)
            }
        }
        guard lines.remainder.isEmpty else { throw ClientError.unreadable("a prediction") }
    }
}
