import Spec
import Store

/// Specs are read when they are needed: a thousand jobs that have ended would keep a daemon from starting, and take its memory,
/// for nothing.
extension JobSupervisor {
    /// The spec of a job's next run.
    ///
    /// - Throws: `StoreError`, or `SpecError` where another version of the program wrote one that this one cannot read.
    func spec(of id: Int) async throws -> JobSpec {
        if let known = try entry(id).spec { return try known.get() }
        let record = try await store.job(id: id)
        // Somebody may have given the job another one meanwhile.
        if let known = try entry(id).spec { return try known.get() }
        let spec = Result { try record.spec() }
        entries[id]?.use(spec)
        return try spec.get()
    }

    /// Finds out for these jobs what their status shows of their specs, beside the actor.
    func readFigures(of records: [JobRecord]) async {
        let unknown = records.filter { entries[$0.id]?.figures == nil }
        guard !unknown.isEmpty else { return }
        let read = try? await BlockingWork.run { unknown.map { SpecFigures(try? $0.spec()) } }
        guard let figures = read else { return }
        for (record, figures) in zip(unknown, figures) where entries[record.id]?.figures == nil {
            entries[record.id]?.figures = figures
        }
    }
}
