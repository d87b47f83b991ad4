extension Grammar {
    /// What is expected, in the words of an error sentence.
    var expectation: String {
        switch self {
        case .integer(let rule): rule.expectation
        case .number(let rule): rule.expectation
        case .boolean: "true or false"
        case .text(let rule): rule.expectation
        case .columns: TextRule.column.expectation + ", or a list of such"
        case .choice(let rule): "one of \(rule.words.commaSeparated)"
        case .mapping(let rule) where rule.fields.isEmpty: "an empty mapping"
        case .mapping(let rule): "a mapping with the keys \(rule.keys.commaSeparated)"
        case .variant(let rule): "one of \(rule.keys.commaSeparated)"
        case .list(let rule): "a list of \(rule.noun.plural)"
        case .sizes(let rule): "\(rule.element.expectation), or a list of \(rule.axes) integers"
        case .listOrMapping(let list, let mapping):
            "\(Grammar.list(list).expectation) or \(Grammar.mapping(mapping).expectation)"
        case .textOrMapping(let text, let mapping):
            "\(text.expectation), or \(Grammar.mapping(mapping).expectation)"
        case .layer: Grammar.variant(JobFormat.layer).expectation
        }
    }
}

extension IntegerRule {
    var expectation: String {
        let bounds =
            namesUpperBound
            ? "from \(range.lowerBound) to \(range.upperBound)" : "of at least \(range.lowerBound)"
        return "an integer \(bounds)" + (word.map { " or `\($0)`" } ?? "")
    }
}

extension SizesRule {
    /// What holds for a size in a list.
    var number: IntegerRule {
        var rule = element
        rule.word = nil
        return rule
    }
}

extension MappingRule {
    var keys: [String] { fields.map(\.key) }
}

extension VariantRule {
    var keys: [String] { kinds.map(\.key) }
}

extension Noun {
    /// How many of them may stand in a list: `from 1 to 8 sizes`.
    func count(_ range: ClosedRange<Int>) -> String {
        "from \(range.lowerBound) to \(range.upperBound) \(plural)"
    }
}
