package import Foundation
import GRDB
package import Parallel

/// A checkpoint without its tensors.
package struct CheckpointRecord: Sendable, Equatable, Identifiable {
    /// Ascends in the order of commits, over all jobs; never used twice.
    package let id: Int
    package let job: Int
    /// Counted from 1 within the job.
    package let branch: Int
    package let cursor: TrainingCursor
    /// SHA-256 of the trainable parameters, 64 hexadecimal digits.
    package let weightsDigest: String
    /// Size of all buffers together, before equal chunks are stored once.
    package let bytes: Int
    /// Whether it is kept until the user says otherwise.
    package let isPinned: Bool
    package let createdAt: Date

    /// Training steps passed when it was taken.
    package var step: Int { cursor.step }

    /// - Parameter row: A row that begins with `columns`.
    /// - Throws: `RowDecodingError` or `StoreError` when the row is not as the schema says.
    init(row: Row) throws {
        var columns = RowReader(row)
        self = try CheckpointRecord(id: columns.next(), &columns)
    }

    /// As above.
    ///
    /// - Parameters:
    ///   - id: The first of `columns`.
    ///   - rest: What follows it.
    /// - Throws: As above.
    init(id: Int, _ rest: inout RowReader) throws {
        self.id = id
        job = try rest.next()
        branch = try rest.next()
        cursor = TrainingCursor(
            step: try rest.next(), epoch: try rest.next(), samplesInEpoch: try rest.next(),
            samples: try rest.next(), updates: try rest.next())
        weightsDigest = try rest.next()
        bytes = try rest.next()
        isPinned = try rest.next()
        createdAt = Date(milliseconds: try rest.next())
    }
}

extension CheckpointRecord {
    /// The columns of `checkpoints c` that a record is read from.
    static let columns = """
        c.id, c.job_id, c.branch, c.step, c.epoch, c.samples_in_epoch, c.samples, c.updates, c.weights_digest,
        c.bytes, c.pinned, c.created_at
        """

    static func fetch(_ db: Database, id: Int) throws -> CheckpointRecord {
        let sql = "SELECT \(columns) FROM checkpoints c WHERE c.id = ?"
        guard let row = try Row.fetchOne(db, sql: sql, arguments: [id]) else {
            throw StoreError.noSuchCheckpoint(id)
        }
        return try CheckpointRecord(row: row)
    }

    /// - Throws: `StoreError.Code.noSuchCheckpoint` for another job's too.
    static func fetch(_ db: Database, id: Int, job: Int) throws -> CheckpointRecord {
        let record = try fetch(db, id: id)
        guard record.job == job else {
            throw StoreError(.noSuchCheckpoint, "checkpoint \(id) is of job \(record.job), not of job \(job)")
        }
        return record
    }

    /// The checkpoints that training on the job's branch passed through, newest first.
    static func fetchLineage(_ db: Database, job: Int) throws -> [CheckpointRecord] {
        let sql = """
            WITH RECURSIVE \(Lineage.ofOneJob)
            SELECT \(columns)
            FROM lineage l
            JOIN checkpoints c ON c.job_id = l.job_id AND c.branch = l.branch AND c.step <= l.last_step
            ORDER BY c.id DESC
            """
        return try Row.fetchAll(db, sql: sql, arguments: [job]).map(CheckpointRecord.init(row:))
    }
}
