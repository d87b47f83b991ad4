import Foundation
import GRDB
package import Spec

extension Store {
    /// What happens when another job has the name.
    package enum NameConflict: Sendable {
        /// The user asked for this very name: `StoreError.Code.nameTaken`.
        case refuse
        /// The name came from the spec: `-2`, `-3`, … is appended, the first that is free.
        case number
    }

    /// Creates a queued job on its first branch.
    ///
    /// - Parameters:
    ///   - name: Letters, digits, `.`, `_` and `-`; not digits alone, which would read as an id.
    ///   - conflict: What to do when another job has that name.
    ///   - specJSON: The spec as canonical JSON; its SHA-256 is stored with it.
    ///   - workers: As asked for.
    ///   - priority: Higher ones are run first.
    ///   - totalSteps: nil when only the data will tell.
    /// - Returns: The job with the name that it got.
    /// - Throws: `StoreError`: `.nameTaken`, `.invalidName`.
    package func createJob(
        name: String, ifTaken conflict: NameConflict, specJSON: String, workers: WorkerCount,
        priority: Int = 0, totalSteps: Int? = nil
    ) async throws(StoreError) -> JobRecord {
        try await createJob(
            name: name, ifTaken: conflict, specJSON: specJSON, workers: workers, priority: priority,
            totalSteps: totalSteps, once: nil
        ).record
    }

    /// As the method above; a request that comes again gets the job that it made the first time.
    ///
    /// - Parameters:
    ///   - name: Letters, digits, `.`, `_` and `-`; not digits alone, which would read as an id.
    ///   - conflict: What to do when another job has that name.
    ///   - specJSON: The spec as canonical JSON; its SHA-256 is stored with it.
    ///   - workers: As asked for.
    ///   - priority: Higher ones are run first.
    ///   - totalSteps: nil when only the data will tell.
    ///   - owner: The uid of who starts it; nil for the user that the daemon runs as.
    ///   - key: What the request is known by; remembered in the same transaction.
    /// - Returns: The job, and whether it was made just now.
    /// - Throws: `StoreError`: `.nameTaken`, `.invalidName`; `.keyReused` and `.conflict` as ``job(madeBy:)``.
    package func createJob(
        name: String, ifTaken conflict: NameConflict, specJSON: String, workers: WorkerCount,
        priority: Int = 0, totalSteps: Int? = nil, owner: UInt32? = nil, once key: RequestKey?
    ) async throws(StoreError) -> (record: JobRecord, isNew: Bool) {
        guard Self.isValidName(name) else {
            throw StoreError(
                .invalidName,
                "`\(name)` cannot name a job; use letters, digits, `.`, `_` and `-`, and not digits alone")
        }
        let now = Date()
        return try await write("create job `\(name)`") { db in
            if let earlier = try key?.job(db, now) { return (earlier, false) }
            let name = try Self.freeName(db, name, conflict)
            try db.execute(
                sql: """
                    INSERT INTO jobs (
                        name, spec_json, spec_hash, state, workers, priority, total_steps, owner_uid, branch,
                        created_at, queue_place
                    ) VALUES (?, ?, ?, 'queued', ?, ?, ?, ?, 1, ?, \(Self.lastPlace))
                    """,
                arguments: [
                    name, specJSON, StoredSpec.hash(specJSON), workers.databaseValue, priority, totalSteps,
                    owner, now.milliseconds,
                ])
            let id = Int(db.lastInsertedRowID)
            try db.execute(
                sql: "INSERT INTO branches (job_id, number, created_at) VALUES (?, 1, ?)",
                arguments: [id, now.milliseconds])
            try EventRecord.insert(db, job: id, at: now, .created, "created as `\(name)`")
            try key?.remember(db, job: id, now)
            return (try JobRecord.fetch(db, id: id), true)
        }
    }

    /// SQL: the place behind all others.
    static let lastPlace = "(SELECT ifnull(max(queue_place), 0) + 1 FROM jobs)"

    private static func isValidName(_ name: String) -> Bool {
        let isAllowed = name.unicodeScalars.allSatisfy { scalar in
            switch scalar {
            case "A"..."Z", "a"..."z", "0"..."9", ".", "_", "-": true
            default: false
            }
        }
        return isAllowed && name.unicodeScalars.contains { !("0"..."9").contains($0) }
    }

    /// Refuses a name that a job has already, as making a job of that name would.
    ///
    /// - Throws: `StoreError` with `.nameTaken`.
    package func checkIsFree(name: String) async throws(StoreError) {
        _ = try await read("look for job `\(name)`") { db in try Self.freeName(db, name, .refuse) }
    }

    private static func freeName(_ db: Database, _ name: String, _ conflict: NameConflict) throws -> String {
        let taken = try db.cachedStatement(sql: "SELECT id FROM jobs WHERE name = ?")
        guard let owner = try Int.fetchOne(taken, arguments: [name]) else { return name }
        guard case .number = conflict else {
            throw StoreError(.nameTaken, "job \(owner) is named `\(name)` already; choose another name")
        }
        var number = 2
        while try Int.fetchOne(taken, arguments: ["\(name)-\(number)"]) != nil { number += 1 }
        return "\(name)-\(number)"
    }
}

extension WorkerCount {
    /// As the column `workers` keeps it: `auto`, or a number.
    var databaseValue: DatabaseValue {
        switch self {
        case .auto: "auto".databaseValue
        case .count(let count): count.databaseValue
        }
    }

    var text: String {
        switch self {
        case .auto: "auto"
        case .count(let count): "\(count)"
        }
    }
}
