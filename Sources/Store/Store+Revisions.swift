import Foundation
import GRDB
package import Spec

/// What a resume changes in a job.
package struct SpecRevision: Sendable {
    /// The job as it is to be.
    package var spec: JobSpec
    /// As they were written.
    package var changes: [String]
    /// Where the job goes on, one of its checkpoints; nil for the beginning.
    package var checkpoint: Int?
    package var totalSteps: Int
    /// In force from now on.
    package var shards: Int
    /// The number of workers, where that is among the changes.
    package var workers: WorkerCount?
    /// Whether the next run may differ from the last in its instruction set.
    package var acceptsChange: Bool

    package init(
        spec: JobSpec, changes: [String], checkpoint: Int?, totalSteps: Int, shards: Int,
        workers: WorkerCount? = nil, acceptsChange: Bool = false
    ) {
        self.spec = spec
        self.changes = changes
        self.checkpoint = checkpoint
        self.totalSteps = totalSteps
        self.shards = shards
        self.workers = workers
        self.acceptsChange = acceptsChange
    }
}

extension Store {
    /// Queues a job again with another spec, in one transaction with the record of what was replaced.
    ///
    /// The job goes on along a branch of its own even from its last checkpoint, so that no branch has the curves of
    /// two specs.
    ///
    /// - Returns: The job with the new spec, queued.
    /// - Throws: `StoreError`: `.illegalTransition`, `.noSuchCheckpoint` also for another job's, `.noSuchJob`,
    ///   `.damaged` when the spec that is to be replaced is. The job is then as it was.
    @discardableResult
    package func resume(job: Int, as revision: SpecRevision) async throws(StoreError) -> JobRecord {
        let now = Date()
        return try await write("resume job \(job) with another spec") { db in
            let before = try JobRecord.fetch(db, id: job)
            // With the shards in force, which may have been the default of another version.
            let previous = try before.spec().canonicalJSON
            try JobTransition(job: job, to: .queued, reason: nil, now: now).run(db)
            try Self.setRestarts(db, 0, of: job)
            let branch = try Self.insertBranch(db, job: job, from: revision.checkpoint, at: now)
            let json = revision.spec.canonicalJSON
            try db.execute(
                sql: """
                    UPDATE jobs SET spec_json = ?, spec_hash = ?, total_steps = ?, shards = ?, workers = ? WHERE id = ?
                    """,
                arguments: [
                    json, StoredSpec.hash(json), revision.totalSteps, revision.shards,
                    (revision.workers ?? before.workers).databaseValue, job,
                ])
            if revision.acceptsChange { try Self.forgetConditions(db, job: job) }
            var changes = revision.changes
            if revision.acceptsChange { changes.append(RevisionRecord.changedConditions) }
            let text = try Self.insertRevision(
                db, of: before, spec: previous, branch: branch.number, changes: changes, at: now)
            try EventRecord.insert(
                db, job: job, at: now, .branch, "branch \(branch.number) from \(branch.place)\(text)")
            return try JobRecord.fetch(db, id: job)
        }
    }

    /// Notes what was changed in a job, and the spec that it had before.
    ///
    /// - Returns: What to add to a log line.
    /// - Throws: What SQLite says.
    static func insertRevision(
        _ db: Database, of before: JobRecord, spec: String, branch: Int, changes: [String], at now: Date
    ) throws -> String {
        let number = (before.revisions.last?.number ?? 0) + 1
        try db.execute(
            sql: """
                INSERT INTO revisions (
                    job_id, number, branch, changes_json, previous_spec_json, previous_spec_hash, created_at
                ) VALUES (?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                before.id, number, branch, try canonicalJSON(changes, what: "the changes"), spec,
                StoredSpec.hash(spec), now.milliseconds,
            ])
        return ", revision \(number): \(changes.joined(separator: ", "))"
    }

    /// The spec that a job had while it trained on one of its branches, with the shards in force.
    ///
    /// - Throws: `StoreError`, also `.damaged` for a stored spec that does not match its hash; `SpecError` when
    ///   another version of the program wrote one that this one cannot read.
    package func spec(job: Int, branch: Int) async throws -> JobSpec {
        let replaced = try await read("read the revisions of job \(job)") { db in
            // Every revision begins a branch, and no job goes back to an older one: the first revision after the
            // branch replaced the spec that it had.
            let sql = """
                SELECT j.name, r.previous_spec_json, r.previous_spec_hash
                FROM revisions r JOIN jobs j ON j.id = r.job_id
                WHERE r.job_id = ? AND r.branch > ? ORDER BY r.number LIMIT 1
                """
            return try Row.fetchOne(db, sql: sql, arguments: [job, branch]).map { row in
                StoredSpec(
                    job: try row.decode(forColumn: "name"),
                    json: try row.decode(forColumn: "previous_spec_json"),
                    hash: try row.decode(forColumn: "previous_spec_hash"))
            }
        }
        if let replaced { return try replaced.spec() }
        return try await self.job(id: job).spec()
    }
}
