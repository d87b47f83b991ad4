import Yams

extension SpecError {
    /// What the YAML parser said, with its line.
    init(_ error: YamlError) {
        switch error {
        case .parser(_, let problem, let mark, _) where problem.contains("nesting level"):
            self = .nesting(line: mark.line)
        case .scanner(let context, let problem, let mark, let yaml),
            .parser(let context, let problem, let mark, let yaml):
            let activity = context.map { " " + $0.text } ?? ""
            // What is missing at the end is reported for the line behind the last.
            let lines = yaml.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).count
            self.init(
                line: min(mark.line, yaml.last?.isNewline == true ? lines - 1 : lines),
                "not valid YAML: \(problem)\(activity)")
        case .composer(_, let problem, let mark, _) where problem.contains("alias"):
            self = .anchor(line: mark.line)
        case .composer(_, _, let mark, _):
            self.init(line: mark.line, "expected one document, found a second one after `---`")
        case .duplicatedKeysInMapping(let keys, let context):
            let key = keys.first ?? ""
            self.init(
                line: context.mark.line, key: key.excerpt,
                "the key \(key.code) is given more than once in one mapping; keep one")
        case .reader(let problem, let offset, _, let yaml):
            let line = offset.map { offset in 1 + yaml.prefix(offset).count(where: \.isNewline) }
            self.init(line: line, "not valid YAML: \(problem)")
        default:
            self.init("not valid YAML: \(error)")
        }
    }

    static func anchor(line: Int?) -> SpecError {
        SpecError(line: line, "anchors (`&name`) and aliases (`*name`) are not accepted; write the value out")
    }

    static func nesting(line: Int?) -> SpecError {
        SpecError(line: line, "lists and mappings are nested more than \(DocumentNode.maximumDepth) deep")
    }
}
