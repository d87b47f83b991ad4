import Foundation
import NIOHTTP1

extension Client {
    /// What a file or a folder holds, as the daemon reads it.
    public func describe(_ request: DescribeRequest) async throws(ClientError) -> DataDescription {
        try await send(.POST, "/v1/data/description", request, limit: .none)
    }

    /// The job as it was written, with all changes of resumes and absolute paths.
    package func spec(of job: String) async throws(ClientError) -> JSONValue {
        let body = try await exchange(.GET, path(job, "spec"), body: nil, limit: .short)
        do {
            // A plain decoder: the keys are the user's and are not to be renamed.
            return try JSONDecoder().decode(JSONValue.self, from: Data(body))
        } catch {
            throw .protocolViolation("The spec of job \(job) cannot be read as JSON: \(error).")
        }
    }
}
