package import Foundation

/// The API as `openapi.json` beside this file describes it, which clients get at `/openapi.json`.
///
/// What of it the server itself goes by is here: which parameters a query may have.
package struct APIDescription: Sendable {
    /// The document as it is served.
    package static let text = Data(PackageResources.openapi_json)

    private let queries: [String: [String]]

    /// - Throws: `DecodingError` for a document of another kind.
    package init(_ text: Data = Self.text) throws {
        let document = try JSONDecoder().decode(Document.self, from: text)
        var queries: [String: [String]] = [:]
        for (path, operations) in document.paths {
            for (method, operation) in operations {
                queries["\(method.uppercased()) \(path)"] =
                    (operation.parameters ?? []).filter { $0.place == "query" }.compactMap(\.name)
            }
        }
        self.queries = queries
    }

    /// `GET /v1/jobs/{job}` and the others.
    package var operations: [String] { queries.keys.sorted() }

    /// nil for an operation that is not described.
    func queryNames(of operation: String) -> [String]? { queries[operation] }

    private struct Document: Decodable {
        let paths: [String: [String: Operation]]
    }

    private struct Operation: Decodable {
        let parameters: [Parameter]?
    }

    /// Those of a query stand in their operations; others may be references.
    private struct Parameter: Decodable {
        enum CodingKeys: String, CodingKey {
            case name
            case place = "in"
        }

        let name: String?
        let place: String?
    }
}
