import Control
import Foundation
import Logging
import Store
import TestSupport
import Testing
import nnd

@Suite("/openapi.json")
struct OpenAPITests {
    let document: JSON
    /// By `GET /v1/jobs/{job}`.
    let operations: [String: JSON]

    init() throws {
        document = try JSON(APIDescription.text)
        var operations: [String: JSON] = [:]
        for (path, methods) in try #require(document["paths"]?.object) {
            for (method, operation) in try #require(methods.object) {
                operations["\(method.uppercased()) \(path)"] = operation
            }
        }
        self.operations = operations
    }

    @Test("describes every route that there is, and no other", .timeLimit(.minutes(15)))
    func routes() throws {
        let supervisor = JobSupervisor(
            store: try Store.inMemory(), workers: WorkerPolicy(automatic: 1), maximumRunning: 1,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        #expect(try APIRoutes.operations(of: supervisor) == operations.keys.sorted())
        #expect(try APIDescription().operations == operations.keys.sorted())
    }

    @Test("is of this version, and all references in it lead somewhere")
    func references() throws {
        #expect(document["openapi"] == .string("3.1.0"))
        #expect(document["info"]?["version"] == .string(Version.current))
        let schema = JSONSchema(document, in: document)
        func check(_ value: JSON) {
            switch value {
            case .array(let values): values.forEach(check)
            case .object(let values):
                if let reference = values["$ref"] {
                    #expect(schema.resolved(reference) != nil, "\(reference)")
                }
                values.values.forEach(check)
            default: break
            }
        }
        check(document)
    }

    @Test("every operation has a name of its own, a summary, its parameters and what can go wrong")
    func operationsAreWhole() throws {
        var names: Set<String> = []
        for (name, operation) in operations {
            #expect(names.insert(try #require(operation["operationId"]?.string)).inserted)
            #expect(operation["summary"]?.string?.isEmpty == false, "\(name)")
            let responses = try #require(operation["responses"]?.object)
            #expect(responses.keys.contains { $0.hasPrefix("2") }, "\(name)")
            #expect(
                Set(["400", "401", "403", "414", "421", "431", "500", "503"]).isSubset(of: responses.keys),
                "\(name)")
            #expect(!name.contains("{job}") || responses["404"] != nil, "\(name)")
            #expect((operation["requestBody"] != nil) == (responses["415"] != nil), "\(name)")
            let parameters = operation["parameters"]?.array ?? []
            let places = parameters.map {
                JSONSchema($0, in: document).resolved($0["$ref"] ?? .null)?.schema ?? $0
            }
            let inPath = places.filter { $0["in"] == .string("path") }.compactMap { $0["name"]?.string }
            #expect(
                inPath
                    == name.split(separator: "/").filter { $0.hasPrefix("{") }.map {
                        $0.dropFirst().dropLast()
                    }.map(String.init))
        }
    }

    @Test("knows every kind of problem, and every status of one is somewhere described")
    func problems() throws {
        let schema = try #require(document["components"]?["schemas"]?["Problem"])
        let codes = schema["properties"]?["code"]?["enum"]?.array?.compactMap(\.string)
        #expect(codes.map(Set.init) == Set(ProblemCode.allCases.map(\.rawValue)))
        let described = Set(
            operations.values.flatMap { $0["responses"]?.object.map { Array($0.keys) } ?? [] })
        // A method or a path that there is not belongs to no operation.
        let everywhere: Set<ProblemCode> = [.methodNotAllowed, .notFound]
        for code in ProblemCode.allCases where !everywhere.contains(code) {
            #expect(described.contains("\(code.httpStatus)"), "\(code)")
        }
    }

    @Test("its examples are as their schemas say")
    func examples() throws {
        var count = 0
        func check(_ value: JSON) {
            switch value {
            case .array(let values): values.forEach(check)
            case .object(let values):
                // A media type or a parameter has its schema beside the example; a schema is one itself.
                let schema = values["schema"] ?? (values["properties"] == nil ? nil : value)
                if let example = values["example"], let schema {
                    count += 1
                    #expect(JSONSchema(schema, in: document).problems(of: example) == [])
                }
                values.values.forEach(check)
            default: break
            }
        }
        check(document)
        #expect(count >= 10)
    }
}
