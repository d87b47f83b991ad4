// Keys that several layers for sequences share.
extension JobFormat {
    static let dropoutKey = MappingRule.Field(
        "dropout", .number(.belowOne), "The part of the values that training leaves out; default 0.")
    static let causalKey = MappingRule.Field(
        "causal", .boolean, "Whether a step sees itself and those before it only; default false.")
    static let headsKey = MappingRule.Field(
        "heads", required: true, .integer(IntegerRule(range: 1...65_536)),
        "Attention heads, which share the features of a step in equal parts.")

    /// A key with a number of outputs.
    static func width(_ key: String, required: Bool = true, _ about: String) -> MappingRule.Field {
        .init(key, required: required, .integer(IntegerRule(range: 1...10_000_000)), about)
    }

    /// How many layers a stack has.
    static let depthKey = MappingRule.Field(
        "layers", .integer(IntegerRule(range: 1...1024)), "Layers one on top of the other; default 1.")

    /// A key with one of a few words.
    static func choice<Word: RawRepresentable<String> & CaseIterable>(
        _ key: String, _ noun: Noun, of _: Word.Type, _ about: String
    ) -> MappingRule.Field {
        .init(key, .choice(ChoiceRule(noun: noun, words: Word.allCases.map(\.rawValue))), about)
    }
}
