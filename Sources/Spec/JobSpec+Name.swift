extension JobSpec {
    /// What is wrong with a job's name, by the rule that the key `name` is held to; nil for a good one.
    package static func problem(withName name: String) -> String? {
        let rule = TextRule.jobName
        return rule.accepts(name) ? nil : "expected \(rule.expectation), found `\(name.excerpt)`"
    }
}
