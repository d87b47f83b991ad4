import Store

/// The newest values of jobs' curves, which are read once and kept.
extension JobSupervisor {
    /// Kept until the next checkpoint or the end of a run, with which alone metric rows come.
    func curves(of record: JobRecord) async throws -> CurveSummary {
        if let kept = keptCurves(of: record) { return kept }
        try await readCurves(of: [record])
        return keptCurves(of: record) ?? CurveSummary([])
    }

    /// Reads in one go what is not known of these jobs.
    func readCurves(of records: [JobRecord]) async throws {
        let unknown = records.filter { keptCurves(of: $0) == nil && runs[$0.id]?.training == nil }
        guard !unknown.isEmpty else { return }
        let newest = try await store.newestMetrics(of: unknown)
        for record in unknown {
            entries[record.id]?.curves = (record.lastCheckpoint?.id, CurveSummary(newest[record.id] ?? []))
        }
    }

    /// Reads what the first look at all jobs needs, a few jobs at a time, so that others are let in between.
    func readAhead() async {
        guard let records = try? await store.jobs() else { return }
        for start in stride(from: 0, to: records.count, by: 20) where !isShuttingDown {
            let some = Array(records[start..<min(start + 20, records.count)])
            try? await readCurves(of: some)
            await readFigures(of: some)
        }
        await releaseMemory()
        releaseMemorySoon()
    }

    private func keptCurves(of record: JobRecord) -> CurveSummary? {
        entries[record.id]?.curves(as: record.lastCheckpoint?.id)
    }
}
