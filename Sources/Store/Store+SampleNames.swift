import GRDB

extension Store {
    /// What the samples were called that the weights of a checkpoint were trained on, as it was given to `recordRun`.
    ///
    /// - Returns: JSON; nil when a version of the program trained them that did not keep it.
    /// - Throws: `StoreError`: `.noSuchCheckpoint`.
    package func sampleNames(checkpoint: Int) async throws(StoreError) -> String? {
        try await read("read the names of checkpoint \(checkpoint)'s samples") { db in
            _ = try CheckpointRecord.fetch(db, id: checkpoint)
            let sql = """
                WITH RECURSIVE \(Lineage.ofOneCheckpoint)
                SELECT s.names_json FROM \(Lineage.nearest("sample_names"))
                """
            return try String.fetchOne(db, sql: sql, arguments: [checkpoint])
        }
    }

    /// Keeps what the samples of a run of the job are called, unless its branch has that already or comes from one that has.
    static func keep(names: String, _ db: Database, job: Int) throws {
        let known = try Bool.fetchOne(
            db,
            sql: """
                WITH RECURSIVE \(Lineage.ofOneJob)
                SELECT s.names_json = ?2 FROM \(Lineage.nearest("sample_names"))
                """, arguments: [job, names])
        if known == true { return }
        try db.execute(
            sql: """
                INSERT OR REPLACE INTO sample_names (job_id, branch, names_json)
                SELECT id, branch, ?2 FROM jobs WHERE id = ?1
                """, arguments: [job, names])
    }
}
