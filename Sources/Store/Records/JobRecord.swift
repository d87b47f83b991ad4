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
        id = try row.decode(forColumn: "id")
        name = try row.decode(forColumn: "name")
        owner = try row.decode(forColumn: "owner_uid")
        specJSON = try row.decode(forColumn: "spec_json")
        specHash = try row.decode(forColumn: "spec_hash")
        state = try State(row: row)
        reason = try row.decode(forColumn: "reason")
        workers = try Int.fromDatabaseValue(row.decode(forColumn: "workers")).map(WorkerCount.count) ?? .auto
        priority = try row.decode(forColumn: "priority")
        queuePlace = try row.decode(forColumn: "queue_place")
        restarts = try row.decode(forColumn: "restarts")
        crashes = try row.decode(forColumn: "crashes")
        dataFingerprint = try row.decode(forColumn: "data_fingerprint")
        instructionSet = try row.decode(forColumn: "instruction_set")
        shards = try row.decode(forColumn: "shards")
        revisions = try RevisionRecord.decode(row.decode(forColumn: "revisions_json"))
        totalSteps = try row.decode(forColumn: "total_steps")
        branch = try row.decode(forColumn: "branch")
        createdAt = Date(milliseconds: try row.decode(forColumn: "created_at"))
        startedAt = try row.decode(Int64?.self, forColumn: "started_at").map(Date.init(milliseconds:))
        finishedAt = try row.decode(Int64?.self, forColumn: "finished_at").map(Date.init(milliseconds:))
        let checkpoint: Int? = try row.decode(forColumn: "checkpoint_id")
        lastCheckpoint = try checkpoint.map { _ in try CheckpointRecord(row: row) }
    }
}

extension JobRecord {
    /// Selects jobs with their last checkpoints in one query; `WHERE` and `ORDER BY` may follow.
    ///
    /// In a branch, ids ascend with the steps, and so each branch's newest checkpoint is found in the index.
    static let selection = """
        SELECT j.*, \(CheckpointRecord.columns), \(RevisionRecord.column)
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
