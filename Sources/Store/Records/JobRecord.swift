package import Foundation
import GRDB
package import Spec

/// A job as the database knows it.
package struct JobRecord: Sendable, Equatable, Identifiable {
    package let id: Int
    package let name: String
    /// The uid of who started it; nil for the user that the daemon runs as.
    package let owner: UInt32?
    /// The spec as canonical JSON.
    package let specJSON: String
    /// SHA-256 of `specJSON`, 64 hexadecimal digits.
    package let specHash: String
    package let state: State
    /// Why the job is in this state, when that needs saying.
    package let reason: String?
    /// As asked for, not as granted.
    package let workers: WorkerCount
    /// Higher ones are run first.
    package let priority: Int
    /// Jobs of one priority are run in the order of these.
    package let queuePlace: Int
    /// How often the job was run again by itself since its last checkpoint, or since somebody started or resumed it.
    package let restarts: Int
    /// How often in a row the daemon crashed while the job ran and had come to no new checkpoint.
    package let crashes: Int
    /// Of the data that the last run read; nil before the first, and once a change of it was accepted.
    package let dataFingerprint: String?
    /// Of the processor that the last run used; nil when `dataFingerprint` is.
    package let instructionSet: String?
    /// Into how many shards the first run cut minibatches; nil before it.
    package let shards: Int?
    /// What resumes have changed in the spec, oldest first.
    package let revisions: [RevisionRecord]
    /// nil until the data has been counted.
    package let totalSteps: Int?
    /// The branch in use, counted from 1.
    package let branch: Int
    package let createdAt: Date
    package let startedAt: Date?
    /// Set in the states that end a job, and in no other.
    package let finishedAt: Date?
    /// The newest checkpoint of the branch in use or, when that has none yet, of those it comes from.
    package let lastCheckpoint: CheckpointRecord?

    /// - Parameter row: A row of `JobRecord.selection`.
    /// - Throws: `RowDecodingError` or `StoreError` when the row is not as the schema says.
    init(row: Row) throws {
        var columns = RowReader(row)
        id = try columns.next()
        name = try columns.next()
        owner = try columns.next()
        specJSON = try columns.next()
        specHash = try columns.next()
        state = try State(columns.next())
        reason = try columns.next()
        workers = try Int.fromDatabaseValue(columns.nextValue()).map(WorkerCount.count) ?? .auto
        priority = try columns.next()
        queuePlace = try columns.next()
        restarts = try columns.next()
        crashes = try columns.next()
        dataFingerprint = try columns.next()
        instructionSet = try columns.next()
        shards = try columns.next()
        totalSteps = try columns.next()
        branch = try columns.next()
        createdAt = Date(milliseconds: try columns.next())
        startedAt = try columns.next(Int64?.self).map(Date.init(milliseconds:))
        finishedAt = try columns.next(Int64?.self).map(Date.init(milliseconds:))
        revisions = try RevisionRecord.decode(columns.next())
        let checkpoint: Int? = try columns.next()
        lastCheckpoint = try checkpoint.map { try CheckpointRecord(id: $0, &columns) }
    }
}

extension JobRecord {
    /// Selects jobs with their last checkpoints in one query; `WHERE` and `ORDER BY` may follow.
    ///
    /// In a branch, ids ascend with the steps, and so each branch's newest checkpoint is found in the index.
    static let selection = """
        SELECT j.id, j.name, j.owner_uid, j.spec_json, j.spec_hash, j.state, j.reason, j.workers, j.priority,
            j.queue_place, j.restarts, j.crashes, j.data_fingerprint, j.instruction_set, j.shards,
            j.total_steps, j.branch, j.created_at, j.started_at, j.finished_at,
            \(RevisionRecord.column), \(CheckpointRecord.columns)
        FROM jobs j
        LEFT JOIN checkpoints c ON c.id = (
            WITH RECURSIVE \(Lineage.ofJobInQuery)
            SELECT max((
                SELECT n.id FROM checkpoints n
                WHERE n.job_id = l.job_id AND n.branch = l.branch AND n.step <= l.last_step
                ORDER BY n.step DESC LIMIT 1
            )) FROM lineage l
        )
        """

    static func fetch(_ db: Database, id: Int) throws -> JobRecord {
        guard let row = try Row.fetchOne(db, sql: "\(selection) WHERE j.id = ?", arguments: [id]) else {
            throw StoreError.noSuchJob(id)
        }
        return try JobRecord(row: row)
    }
}
