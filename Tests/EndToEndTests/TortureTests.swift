import Control
import Crypto
import Foundation
import GRDB
import Glibc
import Spec
import TestSupport
import Testing

/// Promise 2 in short; `Benchmarks/torture` kills 500 times, over every optimizer.
@Suite("Killed again and again", .serialized)
struct TortureTests {
    @Test("nothing that was committed is lost, and the bits are the same", .timeLimit(.minutes(15)))
    func kills() async throws {
        // Longer than any machine takes for what is done to it, so that every kill finds it at work.
        let stopped = try await Sandbox.with { sandbox in
            var last: CheckpointInfo?
            for kill in 0..<10 {
                // Every kill a little later into the commits that follow the first one it sees.
                last = try await self.kill(
                    sandbox, isFirst: kill == 0, after: (last?.step ?? 0) + 3 * kill)
                let losses = try losses(in: sandbox, since: last)
                try #require(losses == [])
            }
            return try await sandbox.daemon { _, client in
                let step = try #require(last?.step)
                _ = try await client.first(1) { $0.step > step }
                return try await client.stop("1")
            }
        }
        try #require(stopped.state == .stopped, "\(stopped.reason ?? "")")
        try await Sandbox.with { sandbox in
            try await sandbox.daemon { _, client in
                let job = try await client.start(try Self.request(steps: stopped.step)).id
                let undisturbed = try await client.last(job)
                #expect(undisturbed.state == .succeeded && undisturbed.step == stopped.step)
                #expect(undisturbed.weightsDigest == stopped.weightsDigest)
                #expect(stopped.weightsDigest != nil)
            }
        }
    }

    @Test(
        "a loss would be seen", .timeLimit(.minutes(15)),
        arguments: [
            "DELETE FROM checkpoints WHERE id = (SELECT max(id) FROM checkpoints)",
            "UPDATE checkpoints SET weights_digest = replace(weights_digest, 'a', 'b')",
            "UPDATE chunks SET data = zeroblob(length(data))",
            "PRAGMA foreign_keys = OFF; DELETE FROM chunks",
        ])
    func plantedLoss(sql: String) async throws {
        try await Sandbox.with { sandbox in
            var last = try #require(try await kill(sandbox, isFirst: true, after: 20))
            #expect(try losses(in: sandbox, since: last) == [])
            // More may have been committed between the look and the kill; what is planted concerns the newest.
            let newest = try DatabaseQueue(path: sandbox.database).writeWithoutTransaction { db in
                let newest = try Row.fetchOne(
                    db, sql: "SELECT id, step, weights_digest FROM checkpoints ORDER BY id DESC LIMIT 1")
                try db.execute(sql: sql)
                return newest
            }
            (last.id, last.step) = try (#require(newest?["id"]), #require(newest?["step"]))
            last.weightsDigest = try #require(newest?["weights_digest"])
            #expect(try losses(in: sandbox, since: last) != [])
        }
    }

    /// Kills a daemon in the middle of the job, once a checkpoint after this step is committed.
    ///
    /// - Returns: The newest checkpoint that was seen.
    private func kill(_ sandbox: Sandbox, isFirst: Bool, after step: Int) async throws -> CheckpointInfo? {
        try await sandbox.daemon { process, client in
            let job = isFirst ? try await client.start(try Self.request()).id : 1
            let status = try await client.first(job) { ($0.lastCheckpoint?.step ?? 0) > step }
            try #require(status.state == .running, "\(status.reason ?? "")")
            let seen = try await client.checkpoints(of: "\(job)").checkpoints.first
            process.send(SIGKILL)
            #expect(await process.ended == .signal(SIGKILL))
            return seen
        }
    }

    /// What is missing in the database that the daemon has left, a sentence each. A checkpoint that was seen is
    /// there, or two newer ones in its place, and all chunks are what they were.
    private func losses(in sandbox: Sandbox, since seen: CheckpointInfo?) throws -> [String] {
        let seen = try #require(seen)
        // Looking at it must not change it: SQLite brings the log into a database that it closes.
        let copy = sandbox.directory.file("copy")
        for end in ["", "-wal"] {
            try? FileManager.default.removeItem(atPath: copy + end)
            guard FileManager.default.fileExists(atPath: sandbox.database + end) else { continue }
            try FileManager.default.copyItem(atPath: sandbox.database + end, toPath: copy + end)
        }
        return try DatabaseQueue(path: copy).read { db in
            var losses = try String.fetchAll(db, sql: "PRAGMA integrity_check").filter { $0 != "ok" }
            let rows = try Row.fetchAll(db, sql: "SELECT id, step, weights_digest FROM checkpoints")
            if let same = rows.first(where: { $0["id"] as Int == seen.id }) {
                if same["step"] as Int != seen.step || same["weights_digest"] as String? != seen.weightsDigest
                {
                    losses.append("checkpoint \(seen.id) is another one")
                }
            } else if rows.count(where: { $0["id"] as Int > seen.id }) < 2 {
                losses.append("checkpoint \(seen.id) is lost")
            }
            let chunks = try Row.fetchAll(
                db,
                sql: """
                    SELECT r.checkpoint_id, r.sha256, c.data
                    FROM checkpoint_chunks r LEFT JOIN chunks c ON c.sha256 = r.sha256
                    """)
            for chunk in chunks {
                let (data, hash): (Data?, Data) = (chunk["data"], chunk["sha256"])
                if data.map({ Data(SHA256.hash(data: $0)) }) != hash {
                    losses.append("checkpoint \(chunk["checkpoint_id"] as Int) has lost a chunk")
                }
            }
            return losses
        }
    }

    /// Dropout, batch norm, the average of the weights, a schedule and a watched metric, and a commit every 2 steps.
    private static func request(steps: Int = 1_000_000) throws -> StartRequest {
        let text = """
            name: torture
            data:
              train: {csv: {path: digits-train.csv.gz, label: "64", header: false}}
              validation: {fraction: 0.1}
              scale: {divide: 16}
            model:
              input: [64]
              layers:
                - dense: {units: 24, activation: relu}
                - batch_norm
                - dropout: {rate: 0.2}
                - dense: {units: 10}
            loss: softmax_cross_entropy
            optimizer: amsgrad
            schedule: {reduce_on_plateau: {metric: val_loss, patience: 1, factor: 0.5}}
            training:
              steps: \(steps)
              batch_size: 32
              ema: {decay: 0.99}
              early_stopping: {metric: val_loss, patience: 1000}
            checkpoint: {every_steps: 2, keep_last: 2}
            """
        return StartRequest(
            spec: SpecText(text), file: "torture.yaml", baseDirectory: Programs.digits, workers: .count(1))
    }
}
