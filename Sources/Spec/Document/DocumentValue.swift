/// A type that is read from a document and written to one, in the grammar of job files.
///
/// Reading expects a node that the grammar has passed; what it throws besides is a second line of defence.
protocol DocumentValue {
    init(_ node: DocumentNode) throws(SpecError)
    var document: DocumentNode { get }
}

extension Int: DocumentValue {
    init(_ node: DocumentNode) throws(SpecError) {
        guard let natural = node.natural, let value = Int(exactly: natural) else {
            throw node.mismatch("an integer")
        }
        self = value
    }

    var document: DocumentNode { DocumentNode(.plain(String(self))) }
}

extension UInt64: DocumentValue {
    init(_ node: DocumentNode) throws(SpecError) {
        guard let value = node.natural else { throw node.mismatch("an integer") }
        self = value
    }

    var document: DocumentNode { DocumentNode(.plain(String(self))) }
}

extension Double: DocumentValue {
    init(_ node: DocumentNode) throws(SpecError) {
        guard let value = node.number else { throw node.mismatch("a number") }
        self = value
    }

    /// The shortest decimal that reads back to the same bits; whole numbers have no point.
    ///
    /// JSON has no word for what is not finite: it becomes a string, which the grammar refuses.
    var document: DocumentNode {
        if !isFinite { return DocumentNode(.quoted(description)) }
        if let whole = Int64(exactly: self), whole.magnitude < 1 << 53 {
            return DocumentNode(.plain(String(whole)))
        }
        return DocumentNode(.plain(description))
    }
}

extension Bool: DocumentValue {
    init(_ node: DocumentNode) throws(SpecError) {
        guard let value = node.boolean else { throw node.mismatch("true or false") }
        self = value
    }

    var document: DocumentNode { DocumentNode(.plain(String(self))) }
}

extension String: DocumentValue {
    init(_ node: DocumentNode) throws(SpecError) {
        guard let value = node.string else { throw node.mismatch("a string") }
        self = value
    }

    var document: DocumentNode { DocumentNode(.quoted(self)) }
}

extension Array: DocumentValue where Element: DocumentValue {
    init(_ node: DocumentNode) throws(SpecError) {
        guard case .list(let elements) = node.value else { throw node.mismatch("a list") }
        self = []
        for element in elements { append(try Element(element)) }
    }

    var document: DocumentNode { DocumentNode(.list(map(\.document))) }
}

extension DocumentValue where Self: RawRepresentable<String> {
    init(_ node: DocumentNode) throws(SpecError) {
        guard let value = node.string.flatMap(Self.init(rawValue:)) else {
            throw node.mismatch("another word")
        }
        self = value
    }

    var document: DocumentNode { rawValue.document }
}

extension DocumentNode {
    func mismatch(_ expected: String) -> SpecError {
        error(at: .root, "expected \(expected), found \(found)")
    }

    /// Replaces `target` by the value of `key`, if the mapping has that key.
    func read<T: DocumentValue>(_ key: String, into target: inout T) throws(SpecError) {
        if let node = self[key] { target = try T(node) }
    }

    /// Replaces `target` by the value of `key`, if the mapping has that key.
    func read<T: DocumentValue>(_ key: String, into target: inout T?) throws(SpecError) {
        if let node = self[key] { target = try T(node) }
    }

    /// The value of a key that must be there.
    func required<T: DocumentValue>(_ key: String, as type: T.Type = T.self) throws(SpecError) -> T {
        guard let node = self[key] else { throw error(at: .root.appending(key), "the key is missing") }
        return try T(node)
    }
}
