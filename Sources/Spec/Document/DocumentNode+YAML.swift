import Yams

extension DocumentNode {
    /// The largest text that is read.
    static let maximumBytes = 1 << 20
    /// The deepest nesting of lists and mappings that is read.
    static let maximumDepth = 64

    /// Parses one YAML (or JSON) document.
    ///
    /// Anchors and aliases are refused: a few lines of them stand for exponentially large trees, and a value
    /// that is written once and used twice has no line of its own for an error to name.
    ///
    /// - Returns: nil when the text holds nothing but comments.
    /// - Throws: The first violation of YAML's syntax, with its line.
    init?(yaml text: String) throws(SpecError) {
        guard text.utf8.count <= Self.maximumBytes else {
            throw SpecError("the text has \(text.utf8.count) bytes; at most \(Self.maximumBytes) are read")
        }
        if let line = Self.lineOfAnchor(in: text) { throw SpecError.anchor(line: line) }
        // A byte order mark is no part of the text.
        guard let root = try Self.compose(text.first == "\u{FEFF}" ? String(text.dropFirst()) : text) else {
            return nil
        }
        self = try Self.convert(root, depth: 1)
    }

    private static func compose(_ text: String) throws(SpecError) -> Yams.Node? {
        do {
            // The basic resolver leaves words alone: `scalar` says what they mean. The default encoding would
            // be looked up in the environment.
            return try Yams.compose(yaml: text, .basic, .default, .utf8)
        } catch let error as YamlError {
            throw SpecError(error)
        } catch {
            throw SpecError("not valid YAML: \(error)")
        }
    }

    /// What an anchor may follow: the start, white space, a line break or an indicator.
    private static let beforeAnchor: Set<Unicode.Scalar> = [
        " ", "\t", "\r", "\n", "\u{85}", "\u{2028}", "\u{2029}", "\u{FEFF}", "[", "{", ",", ":", "?",
    ]

    /// The line of the first `&name` that may be an anchor.
    ///
    /// It is looked for in the text, because Yams copies aliased trees in and hashes keys before anybody
    /// can look at them. The rare string or comment that has `&name` there is refused with it.
    private static func lineOfAnchor(in text: String) -> Int? {
        var line = 1
        var previous: Unicode.Scalar = "\n"
        var isAnchor = false
        for scalar in text.unicodeScalars {
            if isAnchor, scalar.isNameCharacter { return line }
            isAnchor = scalar == "&" && beforeAnchor.contains(previous)
            if scalar == "\n" { line += 1 }
            previous = scalar
        }
        return nil
    }

    private static func convert(_ node: Yams.Node, depth: Int) throws(SpecError) -> DocumentNode {
        let line = node.mark?.line
        let origin = line.map(Origin.line)
        guard depth <= maximumDepth else {
            throw SpecError.nesting(line: line)
        }
        switch node {
        case .scalar(let scalar):
            let isPlain = scalar.style == .plain
            try refuse(tag: scalar.tag, unless: isPlain ? .implicit : .str, line: line)
            return DocumentNode(isPlain ? .plain(scalar.string) : .quoted(scalar.string), origin: origin)
        case .sequence(let sequence):
            try refuse(tag: sequence.tag, unless: .implicit, line: line)
            var elements: [DocumentNode] = []
            for element in sequence { elements.append(try convert(element, depth: depth + 1)) }
            return DocumentNode(.list(elements), origin: origin)
        case .mapping(let mapping):
            try refuse(tag: mapping.tag, unless: .implicit, line: line)
            var entries: [Entry] = []
            for (key, value) in mapping {
                guard let word = key.scalar?.string else {
                    throw SpecError(line: key.mark?.line, "a key must be a word, not a list or a mapping")
                }
                let keyOrigin = key.mark.map { Origin.line($0.line) }
                entries.append(
                    Entry(key: word, origin: keyOrigin, value: try convert(value, depth: depth + 1)))
            }
            return DocumentNode(.mapping(entries), origin: origin)
        case .alias:
            throw SpecError.anchor(line: line)
        }
    }

    private static func refuse(tag: Tag, unless name: Tag.Name, line: Int?) throws(SpecError) {
        guard tag.description != name.rawValue else { return }
        throw SpecError(line: line, "tags (\(tag.description.code)) are not accepted; write the value alone")
    }
}
