import GRDB

/// Gives the pages that nothing uses back to the file system, a few at a time and beside the commits (decision 18).
///
/// What a running job's checkpoint lets go, its next one takes. Commits come one after another, so as many free pages
/// stay as the largest of those that the running jobs made last has taken.
actor FreeSpace {
    private let database: any DatabaseWriter
    private let logCopying: LogCopying
    /// Pages that each running job's last commit took.
    private var taken: [Int: Int] = [:]
    private var work: Task<Void, Never>?
    private var isAskedFor = false

    init(_ database: any DatabaseWriter, _ logCopying: LogCopying) {
        (self.database, self.logCopying) = (database, logCopying)
    }

    /// Notes what a job's commit has taken, and gives back what is left over.
    func committed(job: Int, pages: Int) {
        taken[job] = pages
        begin()
    }

    /// Notes that no commit of the job follows, and gives back what is left over.
    func rests(job: Int) {
        taken[job] = nil
        begin()
    }

    /// Gives back what is left over; does not wait for it.
    func begin() {
        isAskedFor = true
        if work == nil { work = Task { await giveBack() } }
    }

    /// Gives back what is left over, and returns when that is done.
    func giveBackAll() async {
        begin()
        await work?.value
    }

    private func giveBack() async {
        var turn = FreeSpaceTurn(kept: 0, isFirst: true)
        while isAskedFor {
            isAskedFor = false
            turn.isFirst = true
            var outcome = FreeSpaceTurn.Outcome.more
            while outcome == .more {
                turn.kept = taken.values.max() ?? 0
                let start = ContinuousClock.now
                outcome = await run(turn)
                turn.isFirst = false
                // A quarter of the time at most: the disk is there for the commits.
                if outcome == .more { try? await Task.sleep(for: (.now - start) * 3) }
            }
        }
        work = nil
    }

    /// What fails, perhaps for a full disk, is tried again after the next commit; nobody waits for it.
    private func run(_ turn: FreeSpaceTurn) async -> FreeSpaceTurn.Outcome {
        do {
            let outcome = try await database.write { db in try turn.run(db) }
            logCopying.copyIfLong(database)
            guard outcome == .last else { return outcome }
            // The file becomes shorter as the log is copied to it.
            try await database.writeWithoutTransaction { db in
                try db.execute(sql: "PRAGMA wal_checkpoint(PASSIVE)")
            }
            return .last
        } catch {
            return .nothing
        }
    }
}
