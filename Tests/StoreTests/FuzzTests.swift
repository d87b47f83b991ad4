import Foundation
import Parallel
import Spec
import Store
import TestSupport
import Testing

/// Damaged databases and logs: each either loads what was committed, or says why not. `make fuzz` tries many.
@Suite("Fuzzing the database", .serialized, .timeLimit(.minutes(30)))
struct FuzzTests {
    static let count = ProcessInfo.processInfo.environment["NND_FUZZ_COUNT"].flatMap(Int.init) ?? 150
    static let firstSeed = ProcessInfo.processInfo.environment["NND_FUZZ_SEED"].flatMap(UInt64.init) ?? 1

    private static let page = 1024

    @Test("whatever happens to the database file")
    func database() async throws {
        try await fuzz(mutated: "", isLogKept: false)
    }

    @Test("whatever happens to the log beside it")
    func log() async throws {
        try await fuzz(mutated: "-wal", isLogKept: true)
    }

    private func fuzz(mutated suffix: String, isLogKept: Bool) async throws {
        let files = try await StoredCheckpoints.make(page: Self.page)
        let directory = try TemporaryDirectory(in: "/dev/shm")
        // A trap ends the process, and here is which seed it was.
        let note = URL(fileURLWithPath: NSTemporaryDirectory() + "nnd-fuzz-seed")
        var outcomes: [String: Int] = [:]
        for number in 0..<Self.count {
            let mutation = Mutation(seed: Self.firstSeed + UInt64(number))
            try Data("database\(suffix): \(mutation)\n".utf8).write(to: note)
            for end in ["", "-wal", "-shm"] {
                try? FileManager.default.removeItem(atPath: directory.database + end)
            }
            var (database, log) = (files.database, files.log)
            if isLogKept {
                log = mutation.apply(to: log, block: Self.page + 24)
                try log.write(to: URL(fileURLWithPath: directory.database + "-wal"))
            } else {
                database = mutation.apply(to: database, block: Self.page)
            }
            try directory.write(database)
            let outcome = try await outcome(directory.database, mutation)
            outcomes[outcome, default: 0] += 1
        }
        try? FileManager.default.removeItem(at: note)
        if Self.count > 1000 { print("database\(suffix): \(outcomes.sorted { $0.key < $1.key })") }
        #expect(outcomes.values.reduce(0, +) == Self.count)
    }

    /// Does with the database what the daemon does.
    private func outcome(_ path: String, _ mutation: Mutation) async throws -> String {
        let store: Store
        do {
            store = try Store(path: path)
        } catch {
            expectSentence(error, mutation)
            return "refused"
        }
        defer { try? store.close() }
        var outcome = "loaded"
        do {
            _ = try await store.recoverInterrupted()
            for job in try await store.jobs() {
                _ = try await store.checkpoints(job: job.id)
                _ = try await store.metrics(job: job.id)
                _ = try await store.events(job: job.id)
            }
            guard let restored = try await store.latestValidSnapshot(job: 1) else { return "no checkpoint" }
            let step = restored.snapshot.cursor.step
            #expect(restored.snapshot == .fuzzed(step: step), "\(mutation): a wrong load")
            outcome = "step \(step)"
            if !restored.damaged.isEmpty {
                for error in restored.damaged { expectSentence(error, mutation) }
                try await store.beginBranch(job: 1, from: restored.checkpoint.id)
            }
            let next = TrainingSnapshot.fuzzed(step: step + 1)
            let record = try await store.commit(next, job: 1, retention: CheckpointSpec(keepLast: 2))
            let again = try await store.snapshot(checkpoint: record.id)
            #expect(again == next, "\(mutation): what was committed after is not what is read")
            return outcome
        } catch {
            expectSentence(error, mutation)
            return outcome + ", then an error"
        }
    }

    private func expectSentence(_ error: StoreError, _ mutation: Mutation) {
        let text = error.description
        #expect(!text.isEmpty && !text.contains("\n") && text.count < 2000, "\(mutation): \(text)")
    }
}
