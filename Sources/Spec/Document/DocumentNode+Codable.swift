extension DocumentNode: Codable {
    private struct Key: CodingKey {
        var stringValue: String
        var intValue: Int? { nil }

        init(stringValue: String) { self.stringValue = stringValue }

        init?(intValue: Int) { nil }
    }

    /// Reads a tree of any shape; a null becomes a plain scalar that says nothing.
    init(from decoder: any Decoder) throws {
        try self.init(from: decoder, depth: 1)
    }

    private init(from decoder: any Decoder, depth: Int) throws {
        guard depth <= Self.maximumDepth else {
            throw SpecError.nesting(line: nil)
        }
        if let container = try? decoder.container(keyedBy: Key.self) {
            let entries = try container.allKeys.sorted { $0.stringValue < $1.stringValue }.map { key in
                let value = try DocumentNode(from: container.superDecoder(forKey: key), depth: depth + 1)
                return Entry(key: key.stringValue, origin: nil, value: value)
            }
            self.init(.mapping(entries))
        } else if var container = try? decoder.unkeyedContainer() {
            var elements: [DocumentNode] = []
            while !container.isAtEnd {
                elements.append(try DocumentNode(from: container.superDecoder(), depth: depth + 1))
            }
            self.init(.list(elements))
        } else {
            self.init(try Self.scalar(in: decoder.singleValueContainer()))
        }
    }

    private static func scalar(in container: any SingleValueDecodingContainer) throws -> Value {
        if container.decodeNil() { return .plain("null") }
        if let value = try? container.decode(Bool.self) { return .plain(String(value)) }
        if let value = try? container.decode(UInt64.self) { return .plain(String(value)) }
        if let value = try? container.decode(Int64.self) { return .plain(String(value)) }
        if let value = try? container.decode(Double.self) { return value.document.value }
        return .quoted(try container.decode(String.self))
    }

    func encode(to encoder: any Encoder) throws {
        switch value {
        case .list(let elements):
            var container = encoder.unkeyedContainer()
            for element in elements { try container.encode(element) }
        case .mapping(let entries):
            var container = encoder.container(keyedBy: Key.self)
            for entry in entries { try container.encode(entry.value, forKey: Key(stringValue: entry.key)) }
        case .plain, .quoted:
            var container = encoder.singleValueContainer()
            switch scalar {
            case .boolean(let value): try container.encode(value)
            case .string(let text): try container.encode(text)
            case .integer(let text):
                if let natural { try container.encode(natural) } else { try container.encode(Int64(text)) }
            case .float(let number): try container.encode(number)
            case .null, nil: try container.encodeNil()
            }
        }
    }
}
