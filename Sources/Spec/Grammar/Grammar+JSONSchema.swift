extension JobSpec {
    /// The format of job files as a JSON Schema (draft 2020-12), for editors and for other programs.
    ///
    /// It says what the grammar says. The rules between a job's parts (shapes, names, metrics) are beyond it.
    public static var jsonSchema: String {
        let root = Grammar.mapping(JobFormat.job).schema
        let frame = DocumentNode([
            "$schema": "https://json-schema.org/draft/2020-12/schema".document,
            "title": "nnd job".document,
            "$defs": DocumentNode(["layer": Grammar.variant(JobFormat.layer).schema]),
        ])
        return frame.merging(root).json
    }
}

extension Grammar {
    fileprivate var schema: DocumentNode {
        switch self {
        case .integer(let rule): rule.schema
        case .number(let rule): rule.schema
        case .boolean: DocumentNode(["type": "boolean".document])
        case .text(.column):
            anyOf([
                Grammar.text(.path).schema,
                DocumentNode(["type": "integer".document, "minimum": 0.document]),
            ])
        case .text(let rule): DocumentNode(["type": "string".document, "pattern": rule.pattern.document])
        case .columns: anyOf([Grammar.text(.column).schema, Grammar.list(JobFormat.columns).schema])
        case .choice(let rule): DocumentNode(["enum": rule.words.document])
        case .mapping(let rule): rule.schema
        case .variant(let rule): rule.schema
        case .layer: DocumentNode(["$ref": "#/$defs/layer".document])
        case .list(let rule): array(of: rule.element.grammar.schema, count: rule.count)
        case .sizes(let rule):
            anyOf([rule.element.schema, array(of: rule.number.schema, count: rule.axes...rule.axes)])
        case .textOrMapping(let text, let mapping): anyOf([Grammar.text(text).schema, mapping.schema])
        case .listOrMapping(let list, let mapping): anyOf([Grammar.list(list).schema, mapping.schema])
        }
    }
}

extension IntegerRule {
    fileprivate var schema: DocumentNode {
        let number = DocumentNode([
            "type": "integer".document, "minimum": range.lowerBound.document,
            "maximum": range.upperBound.document,
        ])
        return word.map { anyOf([DocumentNode(["const": $0.document]), number]) } ?? number
    }
}

extension NumberRule {
    fileprivate var schema: DocumentNode {
        let number = DocumentNode(["type": "number".document])
        return switch self {
        case .positive: number.merging(DocumentNode(["exclusiveMinimum": 0.document]))
        case .notNegative: number.merging(DocumentNode(["minimum": 0.document]))
        case .notZero: number.merging(DocumentNode(["not": DocumentNode(["const": 0.document])]))
        case .finite: number
        case .upToOne:
            number.merging(DocumentNode(["exclusiveMinimum": 0.document, "maximum": 1.document]))
        case .belowOne: number.merging(DocumentNode(["minimum": 0.document, "exclusiveMaximum": 1.document]))
        case .betweenZeroAndOne:
            number.merging(DocumentNode(["exclusiveMinimum": 0.document, "exclusiveMaximum": 1.document]))
        }
    }
}

extension MappingRule {
    fileprivate var schema: DocumentNode {
        let properties = fields.map { field in (field.key, field.grammar.schema.described(field.about)) }
        let required = fields.filter(\.isRequired).map(\.key)
        let oneOf = exclusive.map { DocumentNode(["required": [$0].document]) }
        return object(properties, required: required).merging(
            DocumentNode(["oneOf": oneOf.isEmpty ? nil : DocumentNode(.list(oneOf))]))
    }
}

extension VariantRule {
    fileprivate var schema: DocumentNode {
        let bare = kinds.filter(\.hasBareForm).map(\.key)
        let words = bare.isEmpty ? [] : [DocumentNode(["enum": bare.document])]
        return anyOf(
            words
                + kinds.map { kind in
                    let properties =
                        [(kind.key, kind.grammar.schema)]
                        + companions.map { ($0.key, $0.grammar.schema.described($0.about)) }
                    return object(properties, required: [kind.key]).described(kind.about)
                })
    }
}

extension VariantRule.Kind {
    /// Whether the kind may be written as a word, without parameters.
    fileprivate var hasBareForm: Bool {
        guard case .mapping(let rule) = grammar else { return false }
        return rule.exclusive.isEmpty && !rule.fields.contains(where: \.isRequired)
    }
}

extension DocumentNode {
    fileprivate func described(_ about: String) -> DocumentNode {
        merging(DocumentNode(["description": about.document]))
    }
}

private func anyOf(_ schemas: [DocumentNode]) -> DocumentNode {
    DocumentNode(["anyOf": DocumentNode(.list(schemas))])
}

private func array(of element: DocumentNode, count: ClosedRange<Int>) -> DocumentNode {
    DocumentNode([
        "type": "array".document, "items": element, "minItems": count.lowerBound.document,
        "maxItems": count.upperBound.document,
    ])
}

/// A mapping with these keys and no other.
private func object(_ properties: [(String, DocumentNode)], required: [String]) -> DocumentNode {
    let entries = properties.map { DocumentNode.Entry(key: $0.0, origin: nil, value: $0.1) }
    return DocumentNode([
        "type": "object".document, "properties": DocumentNode(.mapping(entries)),
        "required": required.isEmpty ? nil : required.document, "additionalProperties": false.document,
    ])
}
