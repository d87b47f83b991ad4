import Foundation
import GRDB
import Parallel
import Spec

/// One checkpoint's transaction: tensors, metrics, the job's state and what retention lets go, all or
/// nothing.
struct Commit: Sendable {
    let prepared: PreparedSnapshot
    let job: Int
    let state: JobRecord.State?
    let reason: String?
    let retention: CheckpointSpec
    let now: Date

    struct Outcome: Sendable {
        let record: CheckpointRecord
        /// Pages that the checkpoint took, before others were let go.
        let pages: Int
    }

    /// - Precondition: `db` is inside a transaction.
    func run(_ db: Database) throws -> Outcome {
        let before = try PageCount(db)
        let branch = try JobRecord.fetch(db, id: job).branch
        let existing = try checkpoint(db, branch: branch)
        if existing == nil { try checkOrder(db, branch: branch) }
        try insertChunks(db)
        let id = try existing ?? insertCheckpoint(db, branch: branch)
        if existing == nil { try JobRecord.noteProgress(db, job: job) }
        try MetricRow.upsert(db, snapshot.metrics, job: job, branch: branch)
        if let state {
            try JobTransition(job: job, to: state, reason: reason, now: now).run(db)
        }
        let pages = try PageCount(db).used - before.used
        let expendable = try deleteExpendable(db)
        if existing == nil {
            try EventRecord.insert(db, job: job, at: now, .checkpoint, message(id: id, deleted: expendable))
        }
        return Outcome(record: try CheckpointRecord.fetch(db, id: id), pages: pages)
    }

    var snapshot: TrainingSnapshot { prepared.snapshot }

    /// Within a branch, steps only ascend; otherwise its curves would zig-zag.
    private func checkOrder(_ db: Database, branch: Int) throws {
        let sql = """
            SELECT max(
                (SELECT fork_step FROM branches WHERE job_id = ?1 AND number = ?2),
                (SELECT ifnull(max(step), 0) FROM checkpoints WHERE job_id = ?1 AND branch = ?2))
            """
        let reached = try Int.fetchOne(db, sql: sql, arguments: [job, branch]) ?? 0
        guard snapshot.cursor.step >= reached else {
            throw StoreError(
                .conflict,
                "job \(job) has come to step \(reached) on branch \(branch), so no checkpoint at step "
                    + "\(snapshot.cursor.step) can follow; begin a branch to train on from an earlier one")
        }
    }

    private func insertChunks(_ db: Database) throws {
        // The update mends a stored chunk that the disk has damaged, which would otherwise stand for good
        // bytes for as long as anything refers to it.
        let statement = try db.cachedStatement(
            sql: """
                INSERT INTO chunks (sha256, data) VALUES (?, ?)
                ON CONFLICT (sha256) DO UPDATE SET data = excluded.data WHERE data <> excluded.data
                """)
        for chunk in prepared.chunks {
            try prepared.withData(of: chunk) { data in
                try statement.execute(arguments: [chunk.sha256, data])
            }
        }
        // The statement is kept for the next commit and would keep this one's memory. Not after an error, which
        // the statement's next use reports again.
        statement.setUncheckedArguments([nil, nil])
    }

    private func insertCheckpoint(_ db: Database, branch: Int) throws -> Int {
        let cursor = snapshot.cursor
        try db.execute(
            sql: """
                INSERT INTO checkpoints (
                    job_id, branch, step, epoch, samples_in_epoch, samples, updates, weights_digest,
                    epoch_totals_json, monitors_json, layout_json, manifest_sha256, bytes, created_at
                ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                job, branch, cursor.step, cursor.epoch, cursor.samplesInEpoch, cursor.samples, cursor.updates,
                snapshot.weightsDigest, prepared.epochTotalsJSON, prepared.monitorsJSON,
                prepared.layoutJSON, prepared.manifestSHA256, prepared.bytes, now.milliseconds,
            ])
        let id = Int(db.lastInsertedRowID)
        let statement = try db.cachedStatement(
            sql: """
                INSERT INTO checkpoint_chunks (checkpoint_id, buffer, position, sha256) VALUES (?, ?, ?, ?)
                """)
        for chunk in prepared.chunks {
            try statement.execute(
                arguments: [id, prepared.bufferName(of: chunk), chunk.position, chunk.sha256])
        }
        return id
    }

    private func deleteExpendable(_ db: Database) throws -> [Int] {
        let sql = """
            SELECT c.id, c.step, c.pinned, (
                SELECT m.value FROM metrics m
                WHERE m.job_id = c.job_id AND m.branch = c.branch AND m.name = ?2 AND m.step <= c.step
                ORDER BY m.step DESC LIMIT 1
            ) AS metric
            FROM checkpoints c WHERE c.job_id = ?1
            """
        let rows = try Row.fetchAll(db, sql: sql, arguments: [job, retention.keepBest?.metric])
        let candidates = try rows.map { row in
            Retention.Candidate(
                id: try row.decode(forColumn: "id"), step: try row.decode(forColumn: "step"),
                metric: try row.decode(forColumn: "metric"), isPinned: try row.decode(forColumn: "pinned"))
        }
        let expendable = Retention(retention).expendable(candidates)
        let statement = try db.cachedStatement(sql: "DELETE FROM checkpoints WHERE id = ?")
        for id in expendable { try statement.execute(arguments: [id]) }
        return expendable
    }

    private func message(id: Int, deleted: [Int]) -> String {
        let taken = "checkpoint \(id) at step \(snapshot.cursor.step)"
        let ids = deleted.map(String.init).joined(separator: ", ")
        return deleted.isEmpty ? taken : "\(taken); let go: \(ids)"
    }
}
