/// What may stand at one place of a job file.
///
/// The tables made of this (`JobFormat`) are the only statement of the format: the checker walks a document
/// along them and the JSON Schema is printed from them.
enum Grammar: Sendable {
    case integer(IntegerRule)
    case number(NumberRule)
    case boolean
    case text(TextRule)
    /// A column or a list of columns.
    case columns
    case choice(ChoiceRule)
    case mapping(MappingRule)
    case variant(VariantRule)
    case list(ListRule)
    case sizes(SizesRule)
    /// A list by itself, or under one of the keys of a mapping.
    case listOrMapping(ListRule, MappingRule)
    /// A string by itself, or under one of the keys of a mapping.
    case textOrMapping(TextRule, MappingRule)
    /// A layer, which may hold layers: the one recursive rule.
    case layer

    /// An empty mapping: the parameters of a kind that has none.
    static let nothing = Grammar.mapping(MappingRule(fields: []))
}

/// A whole number within bounds.
struct IntegerRule: Sendable {
    var range: ClosedRange<UInt64>
    /// A word that may stand for a number: `auto`.
    var word: String?
    /// Whether sentences name the upper bound, or it is only there to keep products of sizes within `Int`.
    var namesUpperBound = true

    /// From `lowest` up to a bound far above anything of use.
    static func atLeast(_ lowest: UInt64) -> IntegerRule {
        IntegerRule(range: lowest...1_000_000_000, namesUpperBound: false)
    }
}

/// A finite number within bounds.
enum NumberRule: Sendable {
    case positive
    case notNegative
    case notZero
    case finite
    /// 0 <= x < 1
    case belowOne
    /// 0 < x <= 1
    case upToOne
    /// 0 < x < 1
    case betweenZeroAndOne
}

/// One of a few words.
struct ChoiceRule: Sendable {
    /// What the words name: `loss`, `losses`.
    var noun: Noun
    var words: [String]
    /// Words of the format that this version does not have.
    var unavailable: [String] = []
}

/// A mapping with keys of its own.
struct MappingRule: Sendable {
    var fields: [Field]
    /// Keys of the format that this version does not have.
    var unavailable: [String] = []
    /// Of these keys exactly one must be there.
    var exclusive: [String] = []

    struct Field: Sendable {
        var key: String
        var isRequired: Bool
        var grammar: Grammar
        /// For whoever reads the JSON Schema in an editor.
        var about: String

        init(_ key: String, required: Bool = false, _ grammar: Grammar, _ about: String) {
            self.key = key
            self.isRequired = required
            self.grammar = grammar
            self.about = about
        }
    }
}

/// One of several kinds: a mapping whose one key is the kind, or the kind as a bare word.
struct VariantRule: Sendable {
    /// What the kinds are kinds of: `layer`, `layers`.
    var noun: Noun
    var kinds: [Kind]
    /// Kinds of the format that this version does not have.
    var unavailable: [String] = []
    /// Keys that may stand beside the kind instead of inside it.
    var companions: [MappingRule.Field] = []

    struct Kind: Sendable {
        var key: String
        /// A mapping without required keys lets the kind be written as a bare word.
        var grammar: Grammar
        var about: String

        init(_ key: String, _ grammar: Grammar, _ about: String) {
            self.key = key
            self.grammar = grammar
            self.about = about
        }
    }
}

struct ListRule: Sendable {
    /// What the elements are.
    var noun: Noun
    var element: ElementGrammar
    var count: ClosedRange<Int>

    /// An enum cannot hold itself by value, and lists hold these only.
    enum ElementGrammar: Sendable {
        case integer(IntegerRule)
        case number(NumberRule)
        case text(TextRule)
        case variant(VariantRule)
        case layer

        var grammar: Grammar {
            switch self {
            case .integer(let rule): .integer(rule)
            case .number(let rule): .number(rule)
            case .text(let rule): .text(rule)
            case .variant(let rule): .variant(rule)
            case .layer: .layer
            }
        }
    }
}

/// Sizes along several axes: one number for all of them, a list with one for each, or a word for the whole.
struct SizesRule: Sendable {
    /// What holds for each size; its word cannot stand in a list.
    var element: IntegerRule
    var axes: Int
}

struct Noun: Sendable {
    var singular: String
    var plural: String

    init(_ singular: String, _ plural: String) {
        self.singular = singular
        self.plural = plural
    }
}
