/// A key that not all of some specs have the same value for.
package struct SpecDifference: Codable, Sendable, Equatable {
    /// `optimizer.adam.learning_rate`; members of a list by their index from 0.
    package var key: String
    /// One for each spec, in their order; null where it has no such key.
    package var values: [JSONValue]

    /// All of them, in the order of the keys.
    ///
    /// Where specs have different kinds of one thing, as two optimizers are, it is the thing that differs and not each of its keys.
    ///
    /// - Parameter specs: As the API gives them.
    /// - Returns: None where all are the same.
    package static func all(_ specs: [JSONValue]) -> [SpecDifference] { differences(specs, at: "") }

    private static func differences(_ values: [JSONValue], at key: String) -> [SpecDifference] {
        guard values.contains(where: { $0 != values[0] }) else { return [] }
        let objects = values.compactMap(\.object)
        if objects.count == values.count, key.isEmpty || !areKinds(objects) {
            let keys = Set(objects.flatMap(\.keys)).sorted()
            return keys.flatMap { name in
                differences(objects.map { $0[name] ?? .null }, at: key.isEmpty ? name : "\(key).\(name)")
            }
        }
        let lists = values.compactMap(\.array)
        if lists.count == values.count, Set(lists.map(\.count)).count == 1 {
            return lists[0].indices.flatMap { index in
                differences(lists.map { $0[index] }, at: "\(key).\(index)")
            }
        }
        return [SpecDifference(key: key, values: values)]
    }

    /// Whether these are one thing of different kinds: each has a key of its own and no other.
    private static func areKinds(_ objects: [[String: JSONValue]]) -> Bool {
        objects.allSatisfy { $0.count == 1 } && Set(objects.flatMap(\.keys)).count > 1
    }
}

extension JSONValue {
    fileprivate var object: [String: JSONValue]? {
        if case .object(let members) = self { members } else { nil }
    }
    fileprivate var array: [JSONValue]? { if case .array(let members) = self { members } else { nil } }

    /// As a line of YAML has it, kinds by their names alone: `adam`, `[dense, dropout, dense]`, `0.001`.
    package var shortText: String {
        switch self {
        case .null: "-"
        case .bool(let value): value ? "true" : "false"
        case .integer(let value): "\(value)"
        case .unsigned(let value): "\(value)"
        case .number(let value): value == value.rounded() && abs(value) < 1e15 ? "\(Int(value))" : "\(value)"
        case .string(let value): value
        case .array(let values): "[" + values.map(\.shortText).joined(separator: ", ") + "]"
        case .object(let members):
            members.count == 1
                ? members.keys.joined() : "{" + members.keys.sorted().joined(separator: ", ") + "}"
        }
    }
}
