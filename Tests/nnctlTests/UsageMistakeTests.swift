import ArgumentParser
import Testing
import nnctl

@Suite("Command lines that make no sense")
struct UsageMistakeTests {
    private func sentence(_ words: [String]) throws -> String {
        do {
            _ = try Nnctl.parseAsRoot(words)
        } catch {
            return UsageMistake.sentence(for: error, arguments: words)
        }
        Issue.record("\(words) makes sense")
        return ""
    }

    @Test(
        "get one sentence with what may have been meant, and where to read on",
        arguments: [
            (
                ["strat", "job.yaml", "--follow"],
                "unknown verb `strat`, did you mean `start`? See `nnctl --help`."
            ),
            (
                ["--json", "--socket", "stats", "stauts"],
                "unknown verb `stauts`, did you mean `status`? See `nnctl --help`."
            ),
            (
                ["daemon", "stat"],
                "unknown verb `stat`, did you mean `start`? allowed here: audit, install, start, status, stop. See `nnctl daemon --help`."
            ),
            (
                ["start", "a", "--folow"],
                "Unknown option '--folow'. Did you mean '--follow'? See `nnctl start --help`."
            ),
            (["checkpoints", "shwo", "digits", "3"], "unknown verb `shwo`, did you mean `show`?"),
            (
                ["start", "a", "--workers", "0"],
                "expected auto or a number of at least 1. See `nnctl start --help`."
            ),
            (
                ["wait", "a", "--timeout", "soon"],
                "The value 'soon' is invalid for '--timeout <timeout>'; expected a number."
            ),
            (["scale", "a"], "Missing expected argument '<workers>'. See `nnctl scale --help`."),
        ] as [([String], String)])
    func sentences(words: [String], expected: String) throws {
        let sentence = try sentence(words)
        #expect(sentence.contains(expected))
        #expect(!sentence.contains("\n"))
    }
}

@Suite("Verbs")
struct VerbTests {
    private func verbs(
        below command: any ParsableCommand.Type = Nnctl.self
    ) -> [any ParsableCommand.Type] {
        [command]
            + command.configuration.subcommands.filter { $0.configuration.shouldDisplay }
            .flatMap { verbs(below: $0) }
    }

    @Test("each has an example in its help")
    func examples() {
        #expect(verbs().count > 20)
        for verb in verbs() {
            let discussion = verb.configuration.discussion
            let name = verb.configuration.commandName ?? "\(verb)"
            #expect(discussion.contains("nnctl "), "\(name)")
            #expect(discussion.contains("Example") || verb == Nnctl.self, "\(name)")
        }
    }

    @Test("each says its name: what the parser makes of the type's takes longer than all else that it does")
    func names() {
        for verb in verbs() { #expect(verb.configuration.commandName != nil, "\(verb)") }
    }
}
