import ArgumentParser
import Foundation
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
            (
                ["scale", "a"],
                "Give a number of workers, auto, or --ranks and a number. See `nnctl scale --help`."
            ),
            (["scale", "a", "-1"], "-1 is no value for '<workers>'; expected a number of at least 1."),
            (["predict", "a", "-i", "x", "--limit", "-3"], "--limit is a number from 1."),
            (["start", "a", "--workers", "-1"], "expected auto or a number of at least 1."),
            (["wait", "a", "--timeout", "-1"], "a number of seconds from 0"),
            (
                ["predict", "a", "-i", "x", "--limit", "99999999999999999999"],
                "The value '99999999999999999999' is invalid for '--limit <limit>'; the number is too large."
            ),
            (["predict", "a", "-i", "-"], "write standard input into a file, and name that."),
            (["init", "-o", "-", "--json"], "--json and -o - exclude each other"),
            (["import", "w.npz"], "unknown verb `import`; a job begins with the weights of a file"),
        ] as [([String], String)])
    func sentences(words: [String], expected: String) throws {
        let sentence = try sentence(words)
        #expect(sentence.contains(expected))
        #expect(!sentence.contains("\n"))
    }

    @Test(
        "so do wishes for help with a verb that there is not",
        arguments: [
            (["help", "bogus"], "unknown verb `bogus`"), (["strat", "--help"], "did you mean `start`?"),
            (["--json", "strat", "-h"], "did you mean `start`?"), (["help", "daemon", "strat"], "`start`"),
            (["import", "--help"], "`initial_weights`"), (["help"], nil), (["--help"], nil),
            (["help", "start"], nil), (["start", "bogus", "--help"], nil), (["daemon", "start", "-h"], nil),
            (["checkpoints", "digits", "--help"], nil), (["bogus"], nil), (["--version"], nil),
            (["--socket", "bogus", "--help"], nil), (["help", "checkpoints"], nil),
        ] as [([String], String?)])
    func help(words: [String], expected: String?) {
        let sentence = UsageMistake.sentence(forHelpWith: words)
        if let expected {
            #expect(sentence?.contains(expected) == true, "\(sentence ?? "nil")")
        } else {
            #expect(sentence == nil)
        }
    }
}

@Suite("Help")
struct HelpTextTests {
    private func verbs(below command: any ParsableCommand.Type = Nnctl.self) -> [any ParsableCommand.Type] {
        [command] + command.configuration.subcommands.flatMap { verbs(below: $0) }
    }

    @Test("the usage takes no more than the width, and nothing of it is lost", arguments: [60, 80, 120])
    func widths(_ width: Int) {
        for verb in verbs() {
            let help = Nnctl.helpMessage(for: verb, columns: width)
            let wrapped = HelpText.wrapped(help, to: width)
            let usage = wrapped.components(separatedBy: "\n\n").first { $0.hasPrefix("USAGE: ") } ?? ""
            #expect(!usage.isEmpty)
            #expect(usage.split(separator: "\n").allSatisfy { $0.count <= width }, "\(usage)")
            #expect(wrapped.split { $0.isWhitespace } == help.split { $0.isWhitespace })
        }
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
