extension JobSpec {
    /// Reads a job file: YAML, of which JSON is a part. The format is `JobSpec.jsonSchema`.
    ///
    /// - Parameters:
    ///   - text: At most 1 MiB, one document.
    ///   - file: What errors call the text.
    ///   - overrides: `KEY=VALUE` arguments such as `optimizer.adam.learning_rate=1e-4`, applied in order
    ///     before anything is checked.
    /// - Throws: The first problem: YAML's syntax, then the grammar, then the rules between the job's
    ///   parts; each in file order, with the line and the key, or with the override that it came from.
    public init(yaml text: String, file: String? = nil, overrides: [String] = []) throws(SpecError) {
        do throws(SpecError) {
            guard var root = try DocumentNode(yaml: text), !root.isNull else {
                throw SpecError("there is no job; expected \(Grammar.mapping(JobFormat.job).expectation)")
            }
            for override in overrides { root = try root.applying(override: override) }
            try self.init(checking: root)
        } catch {
            var error = error
            if error.file == nil { error.file = file }
            throw error
        }
    }
}

extension DocumentNode {
    /// Whether there is nothing, not even an empty mapping.
    var isNull: Bool {
        guard case .null = scalar else { return false }
        return true
    }
}
