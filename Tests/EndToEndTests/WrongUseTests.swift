import Control
import Foundation
import Glibc
import TestSupport
import Testing

/// What people get wrong at a terminal: each time one sentence that helps, the right exit code, and nothing on standard output
/// that a program could take for data.
@Suite("Wrong uses of nnctl", .timeLimit(.minutes(15)))
struct WrongUseTests {
    struct Use: Sendable {
        let words: [String]
        let status: Control::ExitStatus
        /// What the sentence says.
        let says: String

        init(_ words: String..., status: Control::ExitStatus, says: String) {
            (self.words, self.status, self.says) = (words, status, says)
        }
    }

    /// `DIR` stands for the directory with the files of ``prepare(_:)``. `digits` is a job that was stopped.
    static let uses = [
        // Verbs, options and arguments.
        Use("strat", "DIR/good.yaml", status: .usage, says: "unknown verb `strat`, did you mean `start`?"),
        Use("digits", status: .usage, says: "unknown verb `digits`"),
        Use("help", "bogus", status: .usage, says: "unknown verb `bogus`"),
        Use("strat", "--help", status: .usage, says: "did you mean `start`?"),
        Use("import", "DIR/x.npz", status: .usage, says: "`initial_weights`"),
        Use("daemon", "strat", status: .usage, says: "did you mean `start`?"),
        Use("spec", "chck", status: .usage, says: "did you mean `check`?"),
        Use("checkpoints", "shwo", "digits", "1", status: .usage, says: "did you mean `show`?"),
        Use("start", "DIR/good.yaml", "--folow", status: .usage, says: "Did you mean '--follow'?"),
        Use("status", "--sokcet", "/s", status: .usage, says: "Did you mean '--socket'?"),
        Use("start", status: .usage, says: "Missing expected argument '<spec>'"),
        Use("follow", "digits", "again", status: .usage, says: "Unexpected argument 'again'"),
        Use("status", "--color", "pink", status: .usage, says: "'auto', 'always' or 'never'"),
        Use(
            "start", "DIR/good.yaml", "--follow", "--wait", status: .usage,
            says: "--follow or --wait, not both"),
        Use("start", "DIR/good.yaml", "--dry-run", "--wait", status: .usage, says: "--dry-run starts no job"),
        Use("verify", "digits", "--from", "1", status: .usage, says: "--from and --to, or neither"),
        Use("metrics", "digits", "--all", "--points", "9", status: .usage, says: "exclude each other"),
        Use("top", status: .usage, says: "a terminal"),
        // Numbers.
        Use(
            "start", "DIR/good.yaml", "--workers", "many", status: .usage,
            says: "expected auto or a number of at least 1"),
        Use(
            "start", "DIR/good.yaml", "--workers", "0", status: .usage,
            says: "expected auto or a number of at least 1"),
        Use("start", "DIR/good.yaml", "--priority", "5000", status: .usage, says: "from -1000 to 1000"),
        Use("scale", "digits", "1.5", status: .usage, says: "expected auto or a number of at least 1"),
        Use("scale", "digits", "-1", status: .usage, says: "expected a number of at least 1"),
        Use("start", "DIR/good.yaml", "--workers", "-1", status: .usage, says: "a number of at least 1"),
        Use("scale", "digits", "10000", status: .usage, says: "from 1 to 1024"),
        Use("wait", "digits", "--timeout", "soon", status: .usage, says: "expected a number"),
        Use("wait", "digits", "--timeout=-1", status: .usage, says: "a number of seconds from 0"),
        Use("metrics", "digits", "--points", "1", status: .usage, says: "a number from 2 to 1000000"),
        Use("daemon", "audit", "--limit", "0", status: .usage, says: "from 1 to 10000"),
        Use("checkpoints", "show", "digits", "newest", status: .usage, says: "expected a number"),
        // Job files.
        Use("start", "DIR/nowhere.yaml", status: .badInput, says: "nowhere.yaml: No such file or directory"),
        Use("start", "DIR", status: .badInput, says: "Is a directory"),
        Use("start", "DIR/broken.yaml", status: .badInput, says: "broken.yaml:2: not valid YAML"),
        Use("start", "DIR/binary.yaml", status: .badInput, says: "not UTF-8 text"),
        Use("start", "DIR/empty.yaml", status: .badInput, says: "there is no job"),
        Use("start", "DIR/large.yaml", status: .badInput, says: "more than 1 MiB"),
        Use("start", "DIR/key.yaml", status: .badInput, says: "unknown key `unitz`, did you mean `units`?"),
        Use(
            "start", "DIR/number.yaml", status: .badInput,
            says: "training.epochs: expected an integer of at least 1"),
        Use("start", "DIR/data.yaml", status: .badInput, says: "digits-trian.csv.gz: there is no such file"),
        Use("spec", "check", "DIR/key.yaml", status: .badInput, says: "did you mean `units`?"),
        Use(
            "start", "DIR/good.yaml", "--set", "optimizer.adm.beta1=0.5", status: .badInput,
            says: "did you mean `adam`?"),
        Use("start", "DIR/good.yaml", "--set", "epochs", status: .badInput, says: "expected KEY=VALUE"),
        Use("start", "DIR/good.yaml", "--name", "", status: .usage, says: "expected a name of 1 to 64"),
        Use("start", "DIR/good.yaml", "--name", "a/b", status: .usage, says: "expected a name of 1 to 64"),
        Use(
            "start", "DIR/good.yaml", "--name", "digits", status: .cannotCreate,
            says: "named `digits` already"),
        // Jobs and checkpoints.
        Use(
            "status", "digtis", status: .noSuchJob,
            says: "there is no job named `digtis`; did you mean `digits`?"),
        Use("logs", "nobody", status: .noSuchJob, says: "there is no job named `nobody`"),
        Use("follow", "99", status: .noSuchJob, says: "there is no job 99"),
        Use("status", "", status: .usage, says: "this name is empty"),
        Use("pause", "digits", status: .notRunning, says: "is not running"),
        Use("checkpoint", "digits", status: .notRunning, says: "is not running"),
        Use("resume", "digits", "--from", "99999", status: .noSuchJob, says: "there is no checkpoint 99999"),
        Use("checkpoints", "rm", "digits", "99999", status: .noSuchJob, says: "there is no checkpoint 99999"),
        // Pictures, predictions and files of weights.
        Use("plot", "digits", "-o", "DIR/c.gif", status: .usage, says: "let it end in .svg or in .png"),
        Use("plot", "digits", "-o", "DIR/none/c.svg", status: .cannotCreate, says: "cannot create"),
        Use("plot", "digits", "--metric", "losss", status: .usage, says: "there is no metric `losss`"),
        Use("plot", "digits", "--smooth", "2", status: .usage, says: "from 0 to below 1"),
        Use("plot", "digits", "-o", "DIR/taken.svg", status: .cannotCreate, says: "--force replaces it"),
        Use("compare", "digits", status: .usage, says: "takes two jobs or more"),
        Use("compare", "digits", "nobody", status: .noSuchJob, says: "no job named `nobody`"),
        Use(
            "confusion", "digits", "--data", "tset", status: .usage,
            says: "expected train, validation or test"),
        Use("init", "DIR/nowhere.csv", status: .badInput, says: "there is no such file or folder"),
        Use(
            "init", "DIR/words.csv", "-o", "DIR/new.yaml", status: .badInput,
            says: "has a header but no rows"),
        Use("init", "DIR/narrow.csv", "-o", "DIR/good.yaml", status: .cannotCreate, says: "is there already"),
        Use(
            "init", "DIR/narrow.csv", "-o", "DIR/new.yaml", "--label", "price", status: .usage,
            says: "there is no column price"),
        Use("predict", "digits", status: .usage, says: "Missing expected argument '--input <input>'"),
        Use("predict", "digits", "--input", "DIR/nowhere.csv", status: .badInput, says: "no such file"),
        Use(
            "predict", "digits", "--input", "DIR/narrow.csv", status: .badInput,
            says: "narrow.csv:1: the line has 3 columns, but `model.input` [64] takes 64, or 65"),
        Use(
            "predict", "digits", "--input", "DIR/narrow.csv", "--limit", "0", status: .usage,
            says: "a number from 1"),
        Use(
            "predict", "digits", "--input", "DIR/narrow.csv", "--checkpoint", "99999", status: .noSuchJob,
            says: "there is no checkpoint 99999"),
        Use("export", "digits", "-o", "DIR/x.h5", status: .usage, says: "give safetensors, npz or onnx"),
        Use(
            "export", "digits", "-o", "DIR/good.yaml", "--format", "npz", status: .cannotCreate,
            says: "--force"),
        Use("export", "digits", "-o", "DIR/none/x.npz", status: .cannotCreate, says: "cannot create"),
        Use(
            "export", "digits", "-o", "DIR/x.onnx", "--layout", "pytorch", status: .usage,
            says: "has no layout to choose"),
        Use(
            "export", "digits", "-o", "DIR/x.npz", "--weights", "averaged", status: .usage,
            says: "keeps no average of its weights"),
        // No daemon where one is looked for.
        Use(
            "status", "--socket", "DIR/nobody", status: .daemonUnreachable,
            says: "`nnctl daemon start` starts one"),
        Use("top", "--json", status: .usage, says: "`nnctl status --json`"),
        Use(
            "stop", "1", "--socket", "DIR/empty.yaml", status: .daemonUnreachable,
            says: "No daemon listens on"),
        Use(
            "start", "DIR/good.yaml", "--no-spawn", "--socket", "DIR/nobody", status: .daemonUnreachable,
            says: "No daemon"),
        Use("daemon", "stop", "--socket", "DIR/nobody", status: .notRunning, says: "No daemon listens on"),
        Use(
            "daemon", "start", "--state-dir", "/proc/state", "--socket", "DIR/nobody", status: .cannotCreate,
            says: "/proc/state"),
        Use("status", "--socket", String(repeating: "s", count: 200), status: .usage, says: "103 at most"),
        Use(
            "daemon", "install", "--user", "--directory", "DIR/empty.yaml", status: .cannotCreate,
            says: "empty.yaml"),
    ]

    /// The files that ``uses`` name, made of one that is right.
    private func prepare(_ directory: TemporaryDirectory) throws {
        let good = try String(contentsOfFile: Programs.digits + "/digits.yaml", encoding: .utf8)
            .replacingOccurrences(of: "path: ", with: "path: \(Programs.digits)/")
        let files = [
            "good": good, "broken": "name: a\nmodel: [1\n", "empty": "",
            "key": good.replacingOccurrences(of: "units: 64", with: "unitz: 64"),
            "number": good.replacingOccurrences(of: "epochs: 30", with: "epochs: many"),
            "data": good.replacingOccurrences(of: "digits-train", with: "digits-trian"),
            "large": String(repeating: "# nothing\n", count: 1 << 17),
        ]
        for (name, text) in files {
            try Data(text.utf8).write(to: URL(filePath: directory.file(name + ".yaml")))
        }
        try Data("mine".utf8).write(to: URL(filePath: directory.file("taken.svg")))
        for (name, text) in [("narrow", "1,2,3\n4,5,6\n"), ("words", "a,b\n")] {
            try Data(text.utf8).write(to: URL(filePath: directory.file(name + ".csv")))
        }
        try Data([0xFF, 0xFE, 0x00]).write(to: URL(filePath: directory.file("binary.yaml")))
    }

    /// A program's exit code and what it said on both streams.
    private func run(
        _ sandbox: Sandbox, _ program: String, _ words: [String]
    ) async throws -> (exit: ChildProcess.Exit, output: String, errors: String) {
        let errors = sandbox.directory.file("errors-\(UUID())")
        let process = try ChildProcess(
            program, words.map { $0.replacingOccurrences(of: "DIR", with: sandbox.directory.path) },
            environment: [
                "HOME=\(sandbox.directory.path)", "NND_SOCKET=\(sandbox.socket.path)", "PATH=/usr/bin:/bin",
            ], capturing: STDOUT_FILENO, errors: errors)
        let (exit, output) = (await process.ended, await process.text)
        return (exit, output, (try? String(contentsOfFile: errors, encoding: .utf8)) ?? "")
    }

    @Test("each gives one sentence and its exit code, with --json too")
    func table() async throws {
        #expect(Self.uses.count >= 40)
        try await Sandbox.with { sandbox in
            try prepare(sandbox.directory)
            try await sandbox.daemon { _, client in
                _ = try await client.stoppedDigits()
                for use in Self.uses {
                    for words in [use.words, use.words + ["--json"]] {
                        let (exit, output, errors) = try await run(sandbox, Programs.nnctl, words)
                        #expect(exit == .code(use.status.rawValue), "\(words): \(errors)")
                        #expect(
                            errors.hasPrefix("nnctl: ") && errors.contains(use.says), "\(words): \(errors)")
                        #expect(
                            errors.count { $0 == "\n" } == 1 && errors.hasSuffix("\n"), "\(words): \(errors)")
                        #expect(output.isEmpty, "\(words): \(output)")
                    }
                }
            }
        }
    }

    @Test("a full disk is an error of its own, wherever the output goes")
    func full() async throws {
        try await Sandbox.with { sandbox in
            try await sandbox.daemon { _, client in
                _ = try await client.stoppedDigits()
                for words in [
                    ["status"], ["status", "--json"], ["status", "digits"], ["logs", "digits"],
                    ["metrics", "digits"],
                    ["checkpoints", "digits", "--json"], ["spec", "schema"], ["--help"], ["--version"],
                ] {
                    let (exit, _, errors) = try await run(
                        sandbox, "/bin/sh", ["-c", "exec \"$0\" \"$@\" >/dev/full", Programs.nnctl] + words)
                    #expect(exit == .code(74), "\(words)")
                    #expect(errors == "nnctl: cannot write the output: No space left on device\n", "\(words)")
                }
            }
        }
    }

    @Test("a reader that has seen enough is no error, and nothing is said")
    func brokenPipe() async throws {
        try await Sandbox.with { sandbox in
            try await sandbox.daemon { _, client in
                _ = try await client.stoppedDigits()
                for words in [
                    ["status"], ["spec", "schema"], ["metrics", "digits", "--all", "--json"], ["--help"],
                ] {
                    let (exit, output, errors) = try await run(
                        sandbox, "/bin/sh",
                        [
                            "-c",
                            "{ \"$0\" \"$@\"; echo $? >DIR/code; } | true; while ! cat DIR/code; do :; done 2>/dev/null",
                            Programs.nnctl,
                        ] + words)
                    #expect(
                        exit == .code(0) && output == "0\n" && errors.isEmpty, "\(words): \(output) \(errors)"
                    )
                    unlink(sandbox.directory.file("code"))
                }
            }
        }
    }

    @Test("a standard output that is not there is told of, and no other file is written to in its place")
    func closed() async throws {
        try await Sandbox.with { sandbox in
            try await sandbox.daemon { _, _ in
                let (exit, _, errors) = try await run(
                    sandbox, "/bin/sh", ["-c", "exec \"$0\" status --json >&-", Programs.nnctl])
                #expect(
                    exit == .code(74) && errors == "nnctl: cannot write the output: Bad file descriptor\n")
            }
        }
    }

    @Test(
        "a job file that may not be read, and a socket that may not be used",
        .enabled(if: geteuid() == 0 && access("/usr/bin/setpriv", X_OK) == 0, "needs root and setpriv"))
    func noPermission() async throws {
        try await Sandbox.with { sandbox in
            try prepare(sandbox.directory)
            let nnctl = sandbox.directory.file("nnctl")
            let install = try ChildProcess(
                "/usr/bin/install", ["-m", "755", Programs.nnctl, nnctl], capturing: STDOUT_FILENO,
                errors: "/dev/null")
            try #require(await install.ended == .code(0))
            #expect(chmod(sandbox.directory.path, 0o711) == 0)
            #expect(chmod(sandbox.directory.file("good.yaml"), 0o600) == 0)
            try await sandbox.daemon { _, _ in
                let nobody = ["--reuid=65534", "--regid=65534", "--clear-groups", nnctl]
                let file = try await run(
                    sandbox, "/usr/bin/setpriv", nobody + ["spec", "check", "DIR/good.yaml"])
                #expect(file.exit == .code(65) && file.output.isEmpty)
                #expect(file.errors.hasSuffix("good.yaml: Permission denied\n"), "\(file.errors)")
                let socket = try await run(sandbox, "/usr/bin/setpriv", nobody + ["status", "--json"])
                #expect(socket.exit == .code(77) && socket.output.isEmpty)
                #expect(socket.errors.count { $0 == "\n" } == 1, "\(socket.errors)")
            }
        }
    }
}
