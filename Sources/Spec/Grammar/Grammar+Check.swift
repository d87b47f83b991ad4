extension Grammar {
    /// Holds a document against the grammar.
    ///
    /// - Throws: The first problem in file order; a missing key counts as standing behind its mapping's last.
    func check(_ node: DocumentNode, at path: DocumentPath) throws(SpecError) {
        switch self {
        case .integer(let rule): try rule.check(node, at: path)
        case .number(let rule):
            guard let number = node.number, rule.accepts(number) else { throw mismatch(node, at: path) }
        case .boolean:
            guard node.boolean != nil else { throw mismatch(node, at: path) }
        case .text(let rule):
            // A column's index and a group's number are numbers to YAML and names to us.
            let index =
                switch rule {
                case .column, .group: node.natural.map(String.init)
                default: String?.none
                }
            guard let text = index ?? node.string, rule.accepts(text) else { throw mismatch(node, at: path) }
        case .columns:
            if case .list = node.value {
                try Grammar.list(JobFormat.columns).check(node, at: path)
            } else {
                try Grammar.text(.column).check(node, at: path)
            }
        case .choice(let rule): try rule.check(node, at: path)
        case .mapping(let rule): try rule.check(node, at: path)
        case .variant(let rule): try rule.check(node, at: path)
        case .layer: try JobFormat.layer.check(node, at: path)
        case .list(let rule):
            guard case .list(let elements) = node.value else { throw mismatch(node, at: path) }
            for (index, element) in elements.enumerated() {
                try rule.element.grammar.check(element, at: path.appending(index))
            }
            guard rule.count.contains(elements.count) else {
                throw node.error(at: path, "expected \(rule.noun.count(rule.count)), found \(elements.count)")
            }
        case .sizes(let rule): try rule.check(node, at: path)
        case .textOrMapping(let text, let mapping):
            if case .mapping = node.value {
                try mapping.check(node, at: path)
            } else {
                guard let string = node.string, text.accepts(string) else { throw mismatch(node, at: path) }
            }
        case .listOrMapping(let list, let mapping):
            switch node.value {
            case .list: try Grammar.list(list).check(node, at: path)
            case .mapping: try mapping.check(node, at: path)
            default: throw mismatch(node, at: path)
            }
        }
    }

    fileprivate func mismatch(_ node: DocumentNode, at path: DocumentPath) -> SpecError {
        node.error(at: path, "expected \(expectation), found \(node.found)")
    }
}

extension IntegerRule {
    fileprivate func check(_ node: DocumentNode, at path: DocumentPath) throws(SpecError) {
        if let word, node.string == word { return }
        if let value = node.natural, range.contains(value) { return }
        guard let value = node.natural, value > range.upperBound, !namesUpperBound else {
            throw Grammar.integer(self).mismatch(node, at: path)
        }
        throw node.error(at: path, "expected an integer of at most \(range.upperBound), found \(node.found)")
    }
}

extension SizesRule {
    fileprivate func check(_ node: DocumentNode, at path: DocumentPath) throws(SpecError) {
        guard case .list(let elements) = node.value else {
            if case .mapping = node.value { throw Grammar.sizes(self).mismatch(node, at: path) }
            return try element.check(node, at: path)
        }
        for (index, size) in elements.enumerated() {
            try number.check(size, at: path.appending(index))
        }
        guard elements.count == axes else {
            throw node.error(
                at: path, "expected one number for all axes or a list of \(axes), found \(elements.count)")
        }
    }
}

extension ChoiceRule {
    fileprivate func check(_ node: DocumentNode, at path: DocumentPath) throws(SpecError) {
        guard let word = node.string else { throw Grammar.choice(self).mismatch(node, at: path) }
        guard words.contains(word) else {
            let vocabulary = Vocabulary(noun: noun, words: words, unavailable: unavailable)
            throw node.error(at: path, vocabulary.problem(with: word))
        }
    }
}

extension MappingRule {
    fileprivate func check(_ node: DocumentNode, at path: DocumentPath) throws(SpecError) {
        guard case .mapping(let entries) = node.value else {
            throw Grammar.mapping(self).mismatch(node, at: path)
        }
        var chosen: String?
        for entry in entries {
            let place = path.appending(entry.key)
            guard let field = fields.first(where: { $0.key == entry.key }) else {
                let vocabulary = Vocabulary(noun: Noun("key", "keys"), words: keys, unavailable: unavailable)
                throw SpecError(
                    origin: entry.origin, key: place.description, vocabulary.problem(with: entry.key))
            }
            try field.grammar.check(entry.value, at: place)
            guard exclusive.contains(entry.key) else { continue }
            if let chosen {
                throw SpecError(
                    origin: entry.origin, key: place.description,
                    "expected \(alternatives), found `\(chosen)` and `\(entry.key)`")
            }
            chosen = entry.key
        }
        for field in fields where field.isRequired && node[field.key] == nil {
            throw node.error(
                at: path.appending(field.key), "the key is missing; expected \(field.grammar.expectation)")
        }
        if !exclusive.isEmpty, chosen == nil {
            throw node.error(at: path, "expected \(alternatives), found neither")
        }
    }

    private var alternatives: String { "exactly one of \(exclusive.map(\.code).joined(separator: " and "))" }
}
