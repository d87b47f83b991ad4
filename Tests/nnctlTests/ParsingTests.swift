import ArgumentParser
import Control
import Spec
import Testing
import nnctl

@Suite("Command lines")
struct ParsingTests {
    private func parse<Verb: ParsableCommand>(_ words: String..., as type: Verb.Type = Verb.self) throws
        -> Verb
    {
        try #require(try Nnctl.parseAsRoot(words) as? Verb)
    }

    @Test("start takes a file and its options")
    func start() throws {
        let verb: Start = try parse(
            "start", "job.yaml", "--name", "n", "--workers", "3", "--set", "seed=1", "--set",
            "training.epochs=2",
            "--follow", "--print-id", "--no-spawn", "--state-dir", "/s")
        #expect(verb.spec == "job.yaml")
        #expect(verb.name == "n")
        #expect(verb.workers?.count == .count(3))
        #expect(verb.set == ["seed=1", "training.epochs=2"])
        #expect(verb.follow && verb.printID && verb.noSpawn && !verb.wait)
        #expect(verb.state.stateDir == "/s")
        let plain: Start = try parse("start", "job.yaml", "--workers", "auto")
        #expect(plain.workers?.count == .auto)
        #expect(
            plain.set.isEmpty && !plain.follow && !plain.noSpawn && plain.priority == nil && !plain.dryRun)
        #expect(try (parse("start", "job.yaml", "--priority", "-5", "--dry-run") as Start).priority == -5)
        #expect(try (parse("start", "job.yaml", "--priority=7") as Start).priority == 7)
    }

    @Test("no verb is status")
    func noVerb() throws {
        let root: Nnctl = try parse("--json")
        #expect(root.global.json)
        let all: Status = try parse("status")
        #expect(all.job == nil)
        let one: Status = try parse("status", "digits")
        #expect(one.job == "digits")
    }

    @Test("global options go before the verb and after it")
    func global() throws {
        for words in [
            ["--socket", "/s", "--json", "-q", "--color", "always", "stop", "7"],
            ["stop", "7", "--socket", "/s", "--json", "--quiet", "--color", "always"],
            ["--json", "-q", "stop", "--socket", "/s", "7", "--color", "always"],
        ] {
            let verb = try #require(try Nnctl.parseAsRoot(words) as? Stop)
            #expect(verb.target.job == "7")
            #expect(verb.global.socket == "/s")
            #expect(verb.global.json && verb.global.quiet)
            #expect(verb.global.color == .always)
        }
        let nested: DaemonVerb.Status = try parse("daemon", "status", "--json")
        #expect(nested.global.json)
    }

    @Test("verbs of one job")
    func verbs() throws {
        #expect(try (parse("pause", "7") as Pause).target.job == "7")
        #expect(try (parse("kill", "7") as Kill).target.job == "7")
        #expect(try (parse("checkpoint", "7") as TakeCheckpoint).target.job == "7")
        #expect(try (parse("rm", "7") as Remove).target.job == "7")
        #expect(try (parse("follow", "7") as Follow).target.job == "7")
        let resume: Resume = try parse(
            "resume", "7", "--from", "12", "--set", "a=1", "--set", "b=2", "--follow")
        #expect(resume.from == 12 && resume.follow && resume.set == ["a=1", "b=2"])
        #expect(try (parse("scale", "7", "auto") as Scale).workers?.count == .auto)
        #expect(try (parse("scale", "7", "4") as Scale).workers?.count == .count(4))
        #expect(try (parse("wait", "7", "--timeout", "1.5") as Wait).timeout == 1.5)
        #expect(try (parse("metrics", "7", "--since", "100") as Metrics).since == 100)
        let evaluate: Evaluate = try parse("evaluate", "7", "--data", "train", "--checkpoint", "3")
        #expect(evaluate.data == "train" && evaluate.checkpoint == 3)
        let verify: Verify = try parse("verify", "7", "--from", "3", "--to", "12", "--workers", "2")
        #expect(verify.range == VerifyRange(from: 3, to: 12, workers: .count(2)))
        let fromStart: Verify = try parse("verify", "7", "--from", "start", "--to", "12")
        #expect(fromStart.range == VerifyRange(from: nil, to: 12))
        #expect(try (parse("verify", "7") as Verify).range == nil)
        #expect(try (parse("evaluate", "7") as Evaluate).data == "test")
        #expect(try (parse("spec", "check", "a.yaml", "--set", "seed=1") as SpecVerb.Check).set == ["seed=1"])
        _ = try parse("spec", "schema") as SpecVerb.Schema
        #expect(
            try (parse("daemon", "start", "--state-dir", "/s") as DaemonVerb.Start).state.stateDir == "/s")
        _ = try parse("daemon", "stop") as DaemonVerb.Stop
    }

    @Test("checkpoints lists, and acts on one of them")
    func checkpoints() throws {
        #expect(try (parse("checkpoints", "7") as Checkpoints.List).target.job == "7")
        #expect(try (parse("checkpoints", "digits", "--all") as Checkpoints.List).all)
        #expect(try (parse("checkpoints", "list", "show") as Checkpoints.List).target.job == "show")
        let show: Checkpoints.Show = try parse("checkpoints", "--json", "show", "digits", "12")
        #expect(show.target.job == "digits" && show.target.id == 12 && show.global.json)
        let diff: Checkpoints.Diff = try parse("checkpoints", "diff", "7", "11", "12")
        #expect(diff.target.job == "7" && diff.first == 11 && diff.second == 12)
        #expect(try (parse("checkpoints", "pin", "7", "12") as Checkpoints.Pin).target.id == 12)
        #expect(try (parse("checkpoints", "unpin", "7", "12") as Checkpoints.Unpin).target.id == 12)
        #expect(try (parse("checkpoints", "rm", "7", "12") as Checkpoints.Remove).target.id == 12)
    }

    @Test("the format of an export is what its file's name ends in, unless it is said")
    func exports() throws {
        let plain: Export = try parse("export", "7", "-o", "out/w.npz")
        _ = try parse("export", "7", "-o", "NET.ONNX") as Export
        #expect(plain.layout == .native && plain.weights == nil && plain.checkpoint == nil && !plain.force)
        let full: Export = try parse(
            "export", "7", "--format", "safetensors", "-o", "-", "--layout", "pytorch", "--weights",
            "averaged",
            "--checkpoint", "3", "--force")
        #expect(full.format == .safetensors && full.layout == .pytorch && full.weights == .averaged)
        #expect(full.checkpoint == 3 && full.force)
    }

    @Test(
        "mistakes are usage errors, exit code 64",
        arguments: [
            ["strat", "x"], ["start"], ["start", "a", "--follow", "--wait"],
            ["start", "a", "--workers", "0"], ["start", "a", "--priority", "1001"],
            ["start", "a", "--priority", "x"], ["start", "a", "--dry-run", "--wait"], ["kill"],
            ["start", "a", "--workers", "many"], ["stop"], ["stop", ""], ["status", ""], ["metrics", ""],
            ["stop", "1", "2"], ["scale", "7"],
            ["scale", "7", "-1"], ["wait", "7", "--timeout", "-1"], ["wait", "7", "--timeout", "nan"],
            ["status", "--color", "blue"], ["resume", "7", "--from", "x"], ["--bogus"],
            ["checkpoints"], ["checkpoints", "show", "7"], ["checkpoints", "rm", "7", "x"],
            ["metrics", "7", "--points", "1"], ["metrics", "7", "--all", "--points", "5"],
            ["verify", "7", "--to", "3"], ["verify", "7", "--from", "x", "--to", "3"],
            ["verify", "7", "--workers", "2"], ["export", "7"], ["export", "7", "-o", "weights"],
            ["export", "7", "--format", "h5", "-o", "x"], ["export", "7", "-o", "-"],
            ["export", "7", "-o", "x.onnx", "--layout", "pytorch"],
        ])
    func mistakes(words: [String]) {
        let error = #expect(throws: (any Error).self) { try Nnctl.parseAsRoot(words) }
        #expect(error.map { Nnctl.exitCode(for: $0).rawValue } == 64)
    }

    @Test("every verb that is shown has an abstract and an example")
    func help() {
        var commands: [any ParsableCommand.Type] = Nnctl.configuration.subcommands
        commands += commands.flatMap { $0.configuration.subcommands }
        for command in commands where command.configuration.shouldDisplay {
            #expect(command.configuration.abstract.hasSuffix("."))
            let help = command.configuration.discussion
            #expect(help.contains("Example: nnctl ") || help.contains("Examples:\n  nnctl "))
        }
        #expect(commands.count >= 20)
    }

    @Test("colours")
    func colours() {
        #expect(ColorMode.auto.style(isTerminal: true, environment: [:]) == .colored)
        #expect(ColorMode.auto.style(isTerminal: true, environment: ["NO_COLOR": ""]) == .colored)
        #expect(ColorMode.auto.style(isTerminal: true, environment: ["NO_COLOR": "1"]) == .plain)
        #expect(ColorMode.auto.style(isTerminal: true, environment: ["TERM": "dumb"]) == .plain)
        #expect(ColorMode.auto.style(isTerminal: false, environment: [:]) == .plain)
        #expect(ColorMode.always.style(isTerminal: false, environment: ["NO_COLOR": "1"]) == .colored)
        #expect(ColorMode.never.style(isTerminal: true, environment: [:]) == .plain)
    }
}
