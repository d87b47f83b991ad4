import Foundation
import GRDB
package import Parallel
package import Spec

extension Store {
    /// Changes a job's state when its present one allows that; `JobRecord.State.canBecome` has the rules.
    ///
    /// - Parameters:
    ///   - state: What the job becomes.
    ///   - job: The job's id.
    ///   - reason: Replaces the one before, nil included.
    ///   - restarts: How often the job was run again by itself; nil leaves that as it was.
    /// - Returns: The job after the change.
    /// - Throws: `StoreError`: `.illegalTransition`, `.noSuchJob`.
    @discardableResult
    package func setState(
        _ state: JobRecord.State, of job: Int, reason: String? = nil, restarts: Int? = nil
    ) async throws(StoreError) -> JobRecord {
        let transition = JobTransition(job: job, to: state, reason: reason, now: Date())
        let record = try await write("set the state of job \(job)") { db in
            try transition.run(db)
            if let restarts { try Self.setRestarts(db, restarts, of: job) }
            return try JobRecord.fetch(db, id: job)
        }
        // A queued one will run again and take what its checkpoints have let go.
        if state != .running && state != .queued { await space.rests(job: job) }
        return record
    }

    static func setRestarts(_ db: Database, _ count: Int, of job: Int) throws {
        try db.execute(sql: "UPDATE jobs SET restarts = ? WHERE id = ?", arguments: [count, job])
    }

    /// Makes a job `running` and notes what it runs on, which together with the spec decides its weights.
    ///
    /// With the scaling that was fitted on the run's samples and what those are called, in JSON; or nil to leave that open.
    ///
    /// - Throws: `StoreError`: `.illegalTransition`, `.noSuchJob`.
    @discardableResult
    package func recordRun(
        job: Int, dataFingerprint: String, instructionSet: String, totalSteps: Int, shards: Int,
        scaling: ScalingSnapshot? = nil, sampleNames: String? = nil
    ) async throws(StoreError) -> JobRecord {
        let transition = JobTransition(job: job, to: .running, reason: nil, now: Date())
        return try await write("record the start of job \(job)") { db in
            try transition.run(db)
            try db.execute(
                sql: """
                    UPDATE jobs SET data_fingerprint = ?, instruction_set = ?, total_steps = ?, shards = ? WHERE id = ?
                    """,
                arguments: [dataFingerprint, instructionSet, totalSteps, shards, job])
            if let scaling { try Self.keep(scaling, db, job: job) }
            if let sampleNames { try Self.keep(names: sampleNames, db, job: job) }
            return try JobRecord.fetch(db, id: job)
        }
    }

    /// Notes how many workers the user wants for the job.
    ///
    /// - Throws: `StoreError` with `.noSuchJob`.
    @discardableResult
    package func setWorkers(_ workers: WorkerCount, of job: Int) async throws(StoreError) -> JobRecord {
        let now = Date()
        return try await write("set the workers of job \(job)") { db in
            let before = try JobRecord.fetch(db, id: job).workers
            guard before != workers else { return try JobRecord.fetch(db, id: job) }
            try db.execute(
                sql: "UPDATE jobs SET workers = ? WHERE id = ?", arguments: [workers.databaseValue, job])
            try EventRecord.insert(db, job: job, at: now, .workers, "\(workers.text), was \(before.text)")
            return try JobRecord.fetch(db, id: job)
        }
    }

    /// Notes on how many processes and which machines the user wants the job to train: no other part of the arithmetic, so the
    /// job stays on its branch.
    ///
    /// - Throws: `StoreError`: `.noSuchJob`, `.damaged` when the spec is.
    @discardableResult
    package func setCluster(_ cluster: ClusterSpec, of job: Int) async throws(StoreError) -> JobRecord {
        let now = Date()
        return try await write("set the ranks of job \(job)") { db in
            let before = try JobRecord.fetch(db, id: job)
            var spec = try before.spec()
            let ranks = spec.cluster.map { ", was \($0.ranks)" } ?? ""
            spec.cluster = cluster
            let json = spec.canonicalJSON
            try db.execute(
                sql: "UPDATE jobs SET spec_json = ?, spec_hash = ? WHERE id = ?",
                arguments: [json, StoredSpec.hash(json), job])
            try EventRecord.insert(db, job: job, at: now, .note, "ranks: \(cluster.ranks)\(ranks)")
            return try JobRecord.fetch(db, id: job)
        }
    }
}
