import GRDB
package import Spec

/// What there is to keep in mind of each job, however many there are; the rest is read when somebody asks for it.
package struct JobOutline: Sendable, Equatable, Identifiable {
    package let id: Int
    package let name: String
    package let state: JobRecord.State
    /// As asked for, not as granted.
    package let workers: WorkerCount
    /// Higher ones are run first.
    package let priority: Int
    /// Among the jobs of its priority.
    package let queuePlace: Int
    /// The uid of who started it; nil for the user that the daemon runs as.
    package let owner: UInt32?
    /// How often the job was run again by itself since somebody started or resumed it.
    package let restarts: Int

    package init(_ record: JobRecord) {
        (id, name, state) = (record.id, record.name, record.state)
        (workers, priority, restarts) = (record.workers, record.priority, record.restarts)
        (queuePlace, owner) = (record.queuePlace, record.owner)
    }

    /// - Parameter row: A row of `JobOutline.selection`.
    /// - Throws: `RowDecodingError` or `StoreError` when the row is not as the schema says.
    init(row: Row) throws {
        id = try row.decode(forColumn: "id")
        name = try row.decode(forColumn: "name")
        state = try JobRecord.State(row.decode(forColumn: "state"))
        workers = try Int.fromDatabaseValue(row.decode(forColumn: "workers")).map(WorkerCount.count) ?? .auto
        priority = try row.decode(forColumn: "priority")
        restarts = try row.decode(forColumn: "restarts")
        queuePlace = try row.decode(forColumn: "queue_place")
        owner = try row.decode(forColumn: "owner_uid")
    }

    static let selection =
        "SELECT id, name, state, workers, priority, restarts, queue_place, owner_uid FROM jobs"
}
