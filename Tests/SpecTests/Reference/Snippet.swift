import TestSupport

/// YAML of the reference: a word, `word: {key: value, …}`, `word: [..]` or `word: value`.
struct Snippet {
    var keyword: String
    /// What stands behind the colon, if it is no mapping.
    private var value: String?
    private(set) var entries: [(key: String, value: String)] = []
    private var isMapping = false

    init(_ text: String) {
        let colon = text.firstRange(of: ": ")
        keyword = String(text[..<(colon?.lowerBound ?? text.endIndex)])
        guard let colon else { return }
        let rest = text[colon.upperBound...]
        guard rest.hasPrefix("{") else {
            value = String(rest)
            return
        }
        isMapping = true
        entries = listParts(rest.dropFirst().dropLast()).map { entry in
            let colon = entry.firstRange(of: ": ")
            let key = entry[..<(colon?.lowerBound ?? entry.endIndex)]
            return (String(key), colon.map { String(entry[$0.upperBound...]) } ?? "")
        }
    }

    var text: String {
        if let value { return "\(keyword): \(value)" }
        if entries.isEmpty, !isMapping { return keyword }
        return "\(keyword): {" + entries.map { "\($0.key): \($0.value)" }.joined(separator: ", ") + "}"
    }

    /// As it stands where a kind may be a bare word.
    var node: String { text == keyword ? text : "{\(text)}" }

    /// Without these keys; a bare word where none is left, unless a mapping is kept.
    func without(_ keys: Set<String>, keepsMapping: Bool = false) -> Snippet {
        var rest = self
        rest.entries.removeAll { keys.contains($0.key) }
        rest.isMapping = isMapping && (keepsMapping || !rest.entries.isEmpty)
        return rest
    }
}
