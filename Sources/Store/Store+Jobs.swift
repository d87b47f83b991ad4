import Foundation
import GRDB
import Spec

extension Store {
    /// Finds a job by its id (digits alone) or its name.
    ///
    /// - Throws: `StoreError` with `.noSuchJob`.
    package func job(_ reference: String) async throws(StoreError) -> JobRecord {
        let isNumber = !reference.isEmpty && reference.utf8.allSatisfy { (48...57).contains($0) }
        return try await read("read job \(reference)") { db in
            let sql = "\(JobRecord.selection) WHERE j.\(isNumber ? "id" : "name") = ?"
            // A number too large for an id is the id of no job.
            let key: DatabaseValue = isNumber ? (Int(reference) ?? -1).databaseValue : reference.databaseValue
            guard let row = try Row.fetchOne(db, sql: sql, arguments: [key]) else {
                throw try isNumber ? .noSuchJob(reference) : Self.noJob(db, named: reference)
            }
            return try JobRecord(row: row)
        }
    }

    /// What to say of a name that no job has, with the nearest that one has.
    private static func noJob(_ db: Database, named name: String) throws -> StoreError {
        let names = try String.fetchAll(db, sql: "SELECT name FROM jobs ORDER BY id DESC")
        let question = nearestWord(to: name, among: names).map { "; did you mean `\($0)`?" } ?? ""
        return StoreError(.noSuchJob, "there is no job named `\(name)`\(question)")
    }

    /// - Throws: `StoreError` with `.noSuchJob`.
    package func job(id: Int) async throws(StoreError) -> JobRecord {
        try await read("read job \(id)") { db in try JobRecord.fetch(db, id: id) }
    }

    /// All jobs with their last checkpoints, newest first.
    package func jobs() async throws(StoreError) -> [JobRecord] {
        // Nobody else writes, and a database in memory has no log to count its commits by.
        let commits = database is DatabasePool ? logCopying.commits : nil
        if let commits, let kept = keptJobs.jobs(afterCommits: commits) { return kept }
        let jobs = try await read("read the jobs") { db in
            // Row by row, so that no row is copied first.
            try Array(
                Row.fetchCursor(db, sql: "\(JobRecord.selection) ORDER BY j.id DESC").map(
                    JobRecord.init(row:)))
        }
        if let commits { keptJobs.keep(jobs, afterCommits: commits) }
        return jobs
    }

    /// The outlines of all jobs, oldest first: a look at many of them that costs little.
    package func jobOutlines() async throws(StoreError) -> [JobOutline] {
        try await read("read the jobs") { db in
            try Row.fetchAll(db, sql: "\(JobOutline.selection) ORDER BY id").map(JobOutline.init(row:))
        }
    }

    /// Removes a job with its checkpoints, metrics and events.
    ///
    /// - Throws: `StoreError`: `.illegalTransition` unless the job has ended; `.noSuchJob`.
    package func deleteJob(_ id: Int) async throws(StoreError) {
        try await write("delete job \(id)") { db in
            let state = try JobRecord.fetch(db, id: id).state
            guard state.isTerminal else {
                throw StoreError(
                    .illegalTransition, "job \(id) is \(state.rawValue); stop it before removing it")
            }
            try db.execute(sql: "DELETE FROM jobs WHERE id = ?", arguments: [id])
        }
        await space.rests(job: id)
    }
}
