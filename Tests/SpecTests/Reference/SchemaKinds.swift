import Foundation
import Spec
import Testing

/// The kinds that the JSON Schema of job files knows, and their keys.
struct SchemaKinds {
    struct Kind {
        var keyword: String
        /// Keys that may be left out: those that are not required, nor one of several of which one is.
        var optional: Set<String>
    }

    /// The keys that every layer has.
    let commonKeys: Set<String> = ["name", "frozen", "weight_decay"]
    private let root: [String: Any]

    init() throws {
        root = try #require(
            try JSONSerialization.jsonObject(with: Data(JobSpec.jsonSchema.utf8)) as? [String: Any])
    }

    func kinds(of family: ReferenceFamily) -> [Kind] {
        let layer = (root["$defs"] as? [String: Any])?["layer"]
        let activations = kinds(in: key("activation", of: "dense", in: layer))
        switch family {
        case .layers:
            let names = activations.map(\.keyword)
            return kinds(in: layer).filter { !names.contains($0.keyword) }
        case .activations: return activations
        case .initializers: return kinds(in: key("init", of: "dense", in: layer))
        case .losses: return kinds(in: properties(of: root)["loss"])
        case .metrics: return kinds(in: (properties(of: root)["metrics"] as? [String: Any])?["items"])
        case .optimizers: return kinds(in: properties(of: root)["optimizer"])
        case .schedules: return kinds(in: properties(of: root)["schedule"])
        }
    }

    /// The keys of a mapping at the top of a job, and what may stand there.
    func properties(of key: String) -> [String: Any] { properties(of: properties(of: root)[key]) }

    /// The keys of a mapping that may be left out; none of what is no mapping.
    static func optionalKeys(_ schema: Any?) -> Set<String> {
        guard let mapping = mapping(schema), let keys = mapping["properties"] as? [String: Any] else {
            return []
        }
        let required = mapping["required"] as? [String] ?? []
        let alternatives = (mapping["oneOf"] as? [[String: [String]]] ?? []).flatMap { $0["required"] ?? [] }
        return Set(keys.keys).subtracting(required + alternatives)
    }

    private func kinds(in schema: Any?) -> [Kind] {
        let variants = (schema as? [String: Any])?["anyOf"] as? [[String: Any]] ?? []
        return variants.compactMap { variant in
            guard let keyword = (variant["required"] as? [String])?.first else { return nil }
            return Kind(keyword: keyword, optional: Self.optionalKeys(properties(of: variant)[keyword]))
        }
    }

    private func key(_ key: String, of keyword: String, in schema: Any?) -> Any? {
        let variants = (schema as? [String: Any])?["anyOf"] as? [[String: Any]] ?? []
        let variant = variants.first { $0["required"] as? [String] == [keyword] }
        return properties(of: properties(of: variant)[keyword])[key]
    }

    private func properties(of schema: Any?) -> [String: Any] {
        Self.mapping(schema)?["properties"] as? [String: Any] ?? [:]
    }

    /// The schema itself, or that of its alternatives that is of a mapping.
    private static func mapping(_ schema: Any?) -> [String: Any]? {
        guard let object = schema as? [String: Any] else { return nil }
        if object["properties"] != nil { return object }
        return (object["anyOf"] as? [[String: Any]])?.first { $0["properties"] != nil }
    }
}
