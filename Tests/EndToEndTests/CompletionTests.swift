import Control
import Foundation
import TestSupport
import Testing

@Suite("Completions", .timeLimit(.minutes(15)))
struct CompletionTests {
    /// What bash offers for the last of the words.
    private func offered(_ words: [String], _ sandbox: Sandbox) async throws -> Set<Substring> {
        let script = sandbox.directory.file("completions.bash")
        let generated = try await sandbox.nnctl(["--generate-completion-script", "bash"])
        try generated.output.write(toFile: script, atomically: true, encoding: .utf8)
        let line = ([Programs.nnctl] + words).joined(separator: " ")
        let list = ([Programs.nnctl] + words).map { "'\($0)'" }.joined(separator: " ")
        let command = """
            cd '\(sandbox.directory.path)'; source '\(script)'
            COMP_WORDS=(\(list)); COMP_CWORD=\(words.count); COMP_LINE='\(line)'; COMP_POINT=${#COMP_LINE}
            _nnctl nnctl '\(words.last ?? "")' '\(words.dropLast().last ?? "")'
            printf '%s\\n' "${COMPREPLY[@]}"
            """
        let bash = try ChildProcess(
            "/bin/bash", ["-c", command],
            environment: [
                "HOME=\(sandbox.directory.path)", "NND_SOCKET=\(sandbox.socket.path)", "PATH=/usr/bin:/bin",
            ], capturing: STDOUT_FILENO, errors: sandbox.log)
        let text = await bash.text
        #expect(await bash.ended == .code(0), "\(sandbox.logText.suffix(500))")
        return Set(text.split(separator: "\n"))
    }

    @Test("every place for a job has the jobs' names, every place for a file the files")
    func places() async throws {
        try await Sandbox.with { sandbox in
            try await sandbox.daemon { _, client in
                for name in ["third", "thirty", "other"] {
                    var request = try DigitsJob.request(epochs: 1)
                    request.name = name
                    _ = try await client.start(request)
                }
                try Data().write(to: URL(filePath: sandbox.directory.file("thing.csv")))
                let jobs: Set<Substring> = ["third", "thirty"]
                for verb in [
                    ["status"], ["follow"], ["predict"], ["plot"], ["plot", "other"],
                    ["plot", "other", "third"],
                    ["compare", "other"], ["checkpoints", "list"], ["checkpoints", "show"],
                    ["checkpoints", "diff"], ["checkpoints", "pin"], ["checkpoints", "rm"],
                ] {
                    #expect(try await offered(verb + ["thi"], sandbox) == jobs, "\(verb)")
                }
                for verb in [
                    ["predict", "other", "--input"], ["predict", "other", "-i"], ["predict", "other", "-o"],
                    ["export", "other", "-o"], ["init"], ["init", "-o"], ["start"], ["spec", "check"],
                    ["status", "--socket"],
                ] {
                    #expect(try await offered(verb + ["thi"], sandbox) == ["thing.csv"], "\(verb)")
                }
                for verb in ["evaluate", "confusion"] {
                    #expect(try await offered([verb, "other", "--data", "t"], sandbox) == ["train", "test"])
                }
            }
        }
    }

    @Test(
        "there is a script for each shell, which asks for the names of jobs",
        arguments: ["bash", "zsh", "fish"])
    func scripts(_ shell: String) async throws {
        try await Sandbox.with { sandbox in
            let script = try await sandbox.nnctl(["--generate-completion-script", shell])
            #expect(script.exit == .code(0))
            let verbs = [
                "status", "plot", "compare", "predict", "export", "confusion", "logs", "rm", "scale",
            ]
            for verb in verbs {
                #expect(
                    script.output.split(separator: "\n").contains {
                        $0.contains("---completion \(verb) ") && $0.contains("positional@0")
                    }, "\(verb)")
            }
        }
    }
}
