extension VariantRule {
    func check(_ node: DocumentNode, at path: DocumentPath) throws(SpecError) {
        let entries = try entries(of: node, at: path)
        var chosen: DocumentNode.Entry?
        var beside: [DocumentNode.Entry] = []
        for entry in entries {
            let place = path.appending(entry.key)
            if let companion = companions.first(where: { $0.key == entry.key }) {
                try companion.grammar.check(entry.value, at: place)
                beside.append(entry)
                continue
            }
            guard let kind = kinds.first(where: { $0.key == entry.key }) else {
                throw SpecError(
                    origin: entry.origin, key: place.description, vocabulary.problem(with: entry.key))
            }
            if let chosen {
                throw SpecError(
                    origin: entry.origin, key: path.description,
                    "expected one \(noun.singular), found `\(chosen.key)` and `\(entry.key)`")
            }
            try kind.grammar.check(entry.value, at: place)
            chosen = entry
        }
        guard let chosen else {
            throw node.error(at: path, "expected one of \(keys.commaSeparated), found none of them")
        }
        if let twice = beside.first(where: { chosen.value[$0.key] != nil }) {
            throw SpecError(
                origin: twice.origin, key: path.appending(twice.key).description,
                "`\(twice.key)` is given both beside `\(chosen.key)` and inside it; keep one")
        }
    }

    /// The node as a mapping; a bare word becomes a kind without parameters.
    private func entries(of node: DocumentNode, at path: DocumentPath) throws(SpecError) -> [DocumentNode
        .Entry]
    {
        if case .mapping(let entries) = node.value { return entries }
        guard let word = node.string else {
            throw node.error(at: path, "expected one of \(keys.commaSeparated), found \(node.found)")
        }
        guard let kind = kinds.first(where: { $0.key == word }) else {
            throw node.error(at: path, vocabulary.problem(with: word))
        }
        // A number or a list cannot be left out, so such a kind has no bare form.
        guard case .mapping = kind.grammar else {
            throw node.error(at: path.appending(word), "expected \(kind.grammar.expectation), found nothing")
        }
        return [.init(key: word, origin: node.origin, value: DocumentNode(.mapping([]), origin: node.origin))]
    }

    private var vocabulary: Vocabulary {
        Vocabulary(
            noun: noun, words: keys, unavailable: unavailable,
            companions: companions.map(\.key))
    }
}

extension DocumentNode {
    /// The kind that a variant passed by the grammar holds, with its parameters.
    ///
    /// - Parameter companions: Keys that may stand beside the kind.
    /// - Returns: nil when there is no kind.
    func variant(beside companions: [MappingRule.Field]) -> (kind: String, parameters: DocumentNode)? {
        if let word = string { return (word, DocumentNode(.mapping([]), origin: origin)) }
        guard case .mapping(let entries) = value else { return nil }
        return entries.first { entry in !companions.contains { $0.key == entry.key } }.map {
            ($0.key, $0.value)
        }
    }

    /// A kind with its parameters; without any it is a bare word.
    init(variant keyword: String, _ parameters: DocumentNode) {
        if case .mapping(let entries) = parameters.value, entries.isEmpty {
            self = keyword.document
        } else {
            self.init([keyword: parameters])
        }
    }

    /// The kind that a variant without companions holds, with its parameters.
    var variant: (kind: String, parameters: DocumentNode)? { variant(beside: []) }
}
