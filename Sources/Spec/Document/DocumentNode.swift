/// A job as a tree of text: what the file holds before anybody asks what it means.
///
/// Files, `--set` arguments, JSON from the socket and our own canonical JSON all become this tree, so one
/// grammar reads them all.
struct DocumentNode: Sendable {
    var value: Value
    /// nil for a tree that no text stands behind.
    var origin: Origin?

    enum Value: Sendable {
        /// A bare word: a number, `true`, or a string that needs no quotes.
        case plain(String)
        /// Always a string.
        case quoted(String)
        case list([DocumentNode])
        /// In file order; no key occurs twice.
        case mapping([Entry])
    }

    struct Entry: Sendable {
        var key: String
        /// Where the key itself stands, which may be lines above its value.
        var origin: Origin?
        var value: DocumentNode
    }

    /// The text that a node came from.
    enum Origin: Sendable {
        /// A line of the file, counted from 1.
        case line(Int)
        /// An override, as the user typed it.
        case override(String)
    }

    init(_ value: Value, origin: Origin? = nil) {
        self.value = value
        self.origin = origin
    }

    /// A mapping that no text stands behind; absent values are left out.
    init(_ pairs: KeyValuePairs<String, DocumentNode?>) {
        let entries = pairs.compactMap { key, value in value.map { Entry(key: key, origin: nil, value: $0) } }
        self.init(.mapping(entries))
    }

    /// The value of a key; nil when there is none or this is not a mapping.
    subscript(key: String) -> DocumentNode? {
        guard case .mapping(let entries) = value else { return nil }
        return entries.first { $0.key == key }?.value
    }

    /// The entries of two mappings in one.
    func merging(_ other: DocumentNode) -> DocumentNode {
        guard case .mapping(let mine) = value, case .mapping(let theirs) = other.value else { return self }
        return DocumentNode(.mapping(mine + theirs))
    }

    /// A problem with this node.
    func error(at path: DocumentPath, _ problem: String) -> SpecError {
        SpecError(origin: origin, key: path.description, problem)
    }
}

extension SpecError {
    /// A problem whose place is a line of the file or an override.
    init(origin: DocumentNode.Origin?, key: String, _ problem: String) {
        switch origin {
        case .line(let line): self.init(line: line, key: key, problem)
        case .override(let text): self.init(file: "--set \(text)", key: key, problem)
        case nil: self.init(key: key, problem)
        }
    }
}
