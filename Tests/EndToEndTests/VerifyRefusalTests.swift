import Control
import Foundation
import GRDB
import Glibc
import Parallel
import Spec
import Store
import TestSupport
import Testing

@Suite("nnctl verify that cannot be, or finds a difference", .serialized, .timeLimit(.minutes(15)))
struct VerifyRefusalTests {
    @Test("a range that is none, or of another job, is refused with a sentence")
    func ranges() async throws {
        try await Sandbox.with { sandbox in
            try await sandbox.daemon { _, client in
                let all = try await client.stoppedDigits().map { "\($0.id)" }
                let other = try await client.stoppedDigits(name: "other").map { "\($0.id)" }
                let cases: [(words: [String], code: Int32, sentence: String)] = [
                    (["--from", all[0], "--to", all[1]], 64, "is not after step"),
                    (["--from", all[0], "--to", all[0]], 64, "is not after step"),
                    (["--from", all[1], "--to", other[0]], 4, "is of job 2, not of job 1"),
                    (["--from", other[1], "--to", all[0]], 4, "is of job 2, not of job 1"),
                    (["--from", "start", "--to", "99999"], 4, "there is no checkpoint 99999"),
                    (["--from", all[1]], 64, "Give --from and --to, or neither."),
                    (["--from", "end", "--to", all[0]], 64, "--from is the id of a checkpoint, or start."),
                    (["--workers", "2"], 64, "--workers goes with --from and --to."),
                    (
                        ["--from", "start", "--to", all[0], "--workers", "2000"], 64,
                        "workers: expected auto or a number from 1 to 1024"
                    ),
                ]
                for (words, code, sentence) in cases {
                    let refused = try await sandbox.refusal(of: ["verify", "digits"] + words)
                    #expect(refused.exit == .code(code), "\(words): \(refused.sentence)")
                    #expect(refused.sentence.contains(sentence), "\(words): \(refused.sentence)")
                }
                #expect(try await sandbox.nnctl(["verify", "nobody"]).exit == .code(4))
            }
        }
    }

    @Test("changed data and another instruction set say nothing of a job, and are refused")
    func conditions() async throws {
        try await Sandbox.with { sandbox in
            for name in ["digits-train.csv.gz", "digits-test.csv.gz"] {
                try FileManager.default.copyItem(
                    atPath: Programs.digits + "/" + name, toPath: sandbox.directory.file(name))
            }
            let words = try await sandbox.daemon { process, client in
                let set = ["train", "test"].map {
                    "data.\($0).csv.path=\(sandbox.directory.file("digits-\($0).csv.gz"))"
                }
                let all = try await client.stoppedDigits(set: set)
                let words = ["verify", "digits", "--from", "\(all[1].id)", "--to", "\(all[0].id)"]
                #expect(try await sandbox.nnctl(words).exit == .code(0))

                let train = URL(filePath: sandbox.directory.file("digits-train.csv.gz"))
                let whole = try Data(contentsOf: train)
                // RFC 1952 lets gzip files be joined.
                try (whole + whole).write(to: train)
                let changed = try await sandbox.refusal(of: words)
                #expect(changed.exit == .code(65))
                #expect(changed.sentence.contains("training data of job `digits` has changed since its last"))
                #expect(changed.sentence.contains("put it back to verify the job"))
                try FileManager.default.removeItem(at: train)
                let gone = try await sandbox.refusal(of: words)
                #expect(gone.exit == .code(65) && gone.sentence.contains("digits-train.csv.gz"))
                try whole.write(to: train)
                #expect(try await sandbox.nnctl(words).exit == .code(0))

                process.send(SIGTERM)
                _ = await process.ended
                return words
            }
            // As a machine of another kind has left it.
            try await sandbox.store { store in
                try await store.database.write { db in
                    try db.execute(sql: "UPDATE jobs SET instruction_set = 'avx9 (oneDNN 2.6.3)'")
                }
            }
            try await sandbox.daemon { _, _ in
                let refused = try await sandbox.refusal(of: words)
                #expect(refused.exit == .code(64))
                #expect(refused.sentence.contains("last ran with the instruction set avx9 (oneDNN 2.6.3)"))
                #expect(refused.sentence.contains("verify it there"))
            }
        }
    }

    @Test("values that are not what training comes to are found, although every hash holds")
    func difference() async throws {
        try await Sandbox.with { sandbox in
            let checkpoints = try await sandbox.daemon { process, client in
                let checkpoints = try await client.stoppedDigits()
                process.send(SIGTERM)
                _ = await process.ended
                return checkpoints
            }
            let newest = checkpoints[0]
            let forged = try await sandbox.store { store in
                var snapshot = try await store.snapshot(checkpoint: newest.id)
                try #require(snapshot.buffers[2].name == "adam.v")
                snapshot.buffers[2].values[0] += 1e-3
                try await store.database.write { db in
                    try db.execute(sql: "DELETE FROM checkpoints WHERE id = ?", arguments: [newest.id])
                }
                return try await store.commit(snapshot, job: 1, retention: CheckpointSpec(keepLast: 1000)).id
            }
            try await sandbox.daemon { _, client in
                #expect(try await sandbox.nnctl(["verify", "digits"]).exit == .code(0))
                let words = ["verify", "digits", "--from", "\(checkpoints[1].id)", "--to", "\(forged)"]
                let text = try await sandbox.nnctl(words)
                #expect(text.exit == .code(1))
                #expect(
                    text.output.hasPrefix("different: steps \(checkpoints[1].step + 1) to \(newest.step)"))
                #expect(text.output.contains("the first tensor that differs is `0.bias` in `adam.v`"))
                let json = try await sandbox.nnctl(words + ["--json"])
                #expect(json.exit == .code(1))
                let update = try WireJSON.decode(VerifyUpdate.self, from: Data(json.output.utf8))
                guard case .comparison(let comparison) = update else { throw UpdatesEnded() }
                #expect(!comparison.equal && comparison.buffer == "adam.v" && comparison.tensor == "0.bias")
                // What comes after is judged by what was stored before it.
                let before = try await sandbox.nnctl(
                    ["verify", "digits", "--from", "start", "--to", "\(checkpoints[1].id)"])
                #expect(before.exit == .code(0))
            }
        }
    }

    @Test("Ctrl-C ends it at once, and the daemon's work for it too")
    func interrupted() async throws {
        try await Sandbox.with { sandbox in
            let newest = try await sandbox.daemon { process, client in
                let checkpoints = try await client.stoppedDigits(set: ["training.epochs=100000"])
                process.send(SIGTERM)
                _ = await process.ended
                return checkpoints[0].id
            }
            // Half an hour's training away.
            let far = try await sandbox.store { store in
                var snapshot = try await store.snapshot(checkpoint: newest)
                snapshot.cursor.step = 4_000_000
                return try await store.commit(snapshot, job: 1, retention: CheckpointSpec(keepLast: 1000)).id
            }
            try await sandbox.daemon { process, client in
                let before = try await client.status(of: "digits")
                let verify = try await verifying(sandbox, far, process)
                verify.send(SIGINT)
                #expect(await verify.ended == .signal(SIGINT))
                #expect(await verify.text.isEmpty)
                while process.hasThread(named: "nnd worker 1") { await Task.yield() }
                #expect(try await client.status(of: "digits") == before)
                // The daemon is none the worse for it.
                #expect(try await sandbox.nnctl(["verify", "digits"]).exit == .code(0))

                // Nor does one that nobody interrupts keep it from ending.
                let other = try await verifying(sandbox, far, process)
                process.send(SIGTERM)
                #expect(await process.ended == .code(0))
                #expect(await other.ended == .code(75))
                #expect(sandbox.logText.contains("the verification has not come to its end"))
            }
        }
    }

    /// An `nnctl verify` for which the daemon trains.
    private func verifying(
        _ sandbox: Sandbox, _ checkpoint: Int, _ daemon: ChildProcess
    ) async throws -> ChildProcess {
        let words = ["verify", "digits", "--from", "start", "--to", "\(checkpoint)", "--workers", "2"]
        let process = try ChildProcess(
            Programs.nnctl, words + ["--socket", sandbox.socket.path], capturing: STDOUT_FILENO,
            errors: sandbox.log)
        while !daemon.hasThread(named: "nnd worker 1") { await Task.yield() }
        return process
    }
}
