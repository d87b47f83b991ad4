/// As much of JSON Schema (2020-12) as the descriptions of our API use.
package struct JSONSchema {
    /// What references point into.
    package let document: JSON
    package let schema: JSON

    package init(_ schema: JSON, in document: JSON) {
        (self.schema, self.document) = (schema, document)
    }

    /// What is wrong with a value, a line each; a keyword that is not understood is wrong too.
    package func problems(of value: JSON, at place: String = "$") -> [String] {
        guard let keywords = schema.object else { return ["\(place): the schema is no object"] }
        return keywords.sorted { $0.key < $1.key }.flatMap { key, argument in
            problem(key, argument, value, place)
        }
    }

    private func problem(_ key: String, _ argument: JSON, _ value: JSON, _ place: String) -> [String] {
        switch key {
        case "description", "example", "format", "title", "summary": return []
        case "$ref": return resolved(argument)?.problems(of: value, at: place) ?? ["\(place): no \(argument)"]
        case "type":
            let names = argument.array?.compactMap(\.string) ?? [argument.string ?? ""]
            return names.contains { Self.isOf($0, value) } ? [] : ["\(place): \(value) is not of \(names)"]
        case "enum":
            return argument.array?.contains(value) == true
                ? [] : ["\(place): \(value) is none of \(argument)"]
        case "const": return argument == value ? [] : ["\(place): \(value) is not \(argument)"]
        case "anyOf", "oneOf":
            let failures = (argument.array ?? []).map { with($0).problems(of: value, at: place) }
            let matches = failures.filter(\.isEmpty).count
            return matches == 1 || (key == "anyOf" && matches > 1)
                ? [] : ["\(place): \(matches) of \(key) match \(value)"] + failures.flatMap { $0 }
        case "properties", "required", "additionalProperties":
            guard let object = value.object else { return [] }
            return problems(of: object, key, argument, place)
        case "items":
            return (value.array ?? []).enumerated().flatMap {
                with(argument).problems(of: $1, at: "\(place)[\($0)]")
            }
        case "minimum":
            return number(value) { $0 >= argument.number ?? .nan } ? [] : ["\(place): \(value) is too small"]
        case "maximum":
            return number(value) { $0 <= argument.number ?? .nan } ? [] : ["\(place): \(value) is too large"]
        case "minLength", "maxLength":
            guard let text = value.string, let limit = argument.number else { return [] }
            let count = Double(text.unicodeScalars.count)
            return (key == "minLength" ? count >= limit : count <= limit)
                ? [] : ["\(place): length of \(text)"]
        case "pattern":
            guard let text = value.string else { return [] }
            guard let pattern = try? Regex(argument.string ?? "(") else {
                return ["\(place): no pattern \(argument)"]
            }
            return text.firstMatch(of: pattern) != nil
                ? [] : ["\(place): `\(text)` does not match \(argument)"]
        default: return ["\(place): the keyword \(key) is not understood"]
        }
    }

    private func problems(
        of object: [String: JSON], _ key: String, _ argument: JSON, _ place: String
    ) -> [String] {
        switch key {
        case "required":
            return (argument.array ?? []).compactMap(\.string).filter { object[$0] == nil }
                .map { "\(place): lacks \($0)" }
        case "properties":
            return (argument.object ?? [:]).sorted { $0.key < $1.key }.flatMap { name, schema in
                object[name].map { with(schema).problems(of: $0, at: "\(place).\(name)") } ?? []
            }
        default:
            let known = Set((schema["properties"]?.object ?? [:]).keys)
            return object.filter { !known.contains($0.key) }.sorted { $0.key < $1.key }.flatMap {
                name, value in
                argument == .bool(false)
                    ? ["\(place): \(name) is not described"]
                    : with(argument).problems(of: value, at: "\(place).\(name)")
            }
        }
    }

    /// What `#/a/b` points to.
    package func resolved(_ reference: JSON) -> JSONSchema? {
        let names = (reference.string ?? "").split(separator: "/").dropFirst()
        let target = names.reduce(document as JSON?) { $0?[String($1)] }
        return target.map { with($0) }
    }

    private func with(_ schema: JSON) -> JSONSchema { JSONSchema(schema, in: document) }

    private func number(_ value: JSON, _ holds: (Double) -> Bool) -> Bool { value.number.map(holds) ?? true }

    private static func isOf(_ type: String, _ value: JSON) -> Bool {
        switch (type, value) {
        case ("null", .null), ("boolean", .bool), ("number", .number), ("string", .string), ("array", .array),
            ("object", .object):
            true
        case ("integer", .number(let number)): number == number.rounded()
        default: false
        }
    }
}
