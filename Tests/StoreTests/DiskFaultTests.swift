import Foundation
import GRDB
import Glibc
import Parallel
import Spec
import Store
import Testing

@Suite("Disks that fail under a commit", .timeLimit(.minutes(15)))
struct DiskFaultTests {
    let directory: TemporaryDirectory
    let store: Store
    let disk: FaultyDisk
    private let retention = CheckpointSpec(keepLast: 2)

    init() async throws {
        directory = try TemporaryDirectory(in: "/dev/shm")
        // Small pages, for many writes. In a transaction it would be too late to say so.
        try await DatabaseQueue(path: directory.database).writeWithoutTransaction { db in
            try db.execute(
                sql: """
                    PRAGMA page_size = 1024;
                    PRAGMA auto_vacuum = INCREMENTAL;
                    PRAGMA application_id = \(Schema.applicationID);
                    """)
        }
        store = try Store(path: directory.database)
        disk = FaultyDisk(directory.path)
        _ = try await store.makeRunningJob()
        for step in 1...2 { try await commit(step) }
    }

    /// 12 KB of values each.
    private func snapshot(_ step: Int) -> TrainingSnapshot { .sample(step: step, count: 1500) }

    private func commit(_ step: Int) async throws {
        try await store.commit(snapshot(step), job: 1, retention: retention)
    }

    private func failure(_ step: Int) async -> StoreError? {
        do {
            try await commit(step)
            return nil
        } catch {
            return error as? StoreError
        }
    }

    /// The checkpoints up to this step are there and whole.
    private func expectAll(upTo step: Int, _ comment: Comment) async throws {
        #expect(try await store.integrity() == "ok", comment)
        let steps = try await store.checkpoints(job: 1).map(\.step)
        #expect(steps == [step, step - 1], comment)
        for checkpoint in try await store.checkpoints(job: 1) {
            let read = try await store.snapshot(checkpoint: checkpoint.id)
            #expect(read == snapshot(checkpoint.step), comment)
        }
    }

    @Test(
        "whichever write fails, nothing is lost, and the commit succeeds when the disk is well again",
        arguments: [
            (ENOSPC, StoreError.Code.diskFull, "the disk is full"),
            (EDQUOT, .diskFull, "the disk quota is used up"),
            (EROFS, .readOnly, "the file system has become read-only"),
            (EIO, .inputOutput, "the disk reports an I/O error"),
        ])
    func anyWrite(number: Int32, code: StoreError.Code, cause: String) async throws {
        _ = disk.count()
        try await commit(3)
        let writes = disk.count()
        #expect(writes > 30)
        var step = 3
        var failures = 0
        for write in 0...writes {
            disk.fail(after: write, with: number)
            let error = await failure(step + 1)
            disk.mend()
            let comment: Comment = "write \(write) of \(writes)"
            if let error {
                failures += 1
                #expect(error.code == code, comment)
                #expect(error.description.contains(cause), comment)
                try await expectAll(upTo: step, comment)
            }
            step += 1
            try await commit(step)
            try await expectAll(upTo: step, comment)
        }
        #expect(failures > writes / 2)
    }

    @Test("a disk that is full for one write only is tried a second time")
    func once() async throws {
        for (write, step) in zip(0..<20, 3...) {
            disk.fail(after: write, with: ENOSPC, times: 1)
            try await commit(step)
            try await expectAll(upTo: step, "write \(write)")
        }
    }

    @Test("a log that cannot grow is cut, and the commit succeeds")
    func logFillsTheDisk() async throws {
        disk.limitLog(to: 200_000)
        for step in 3...60 { try await commit(step) }
        try await expectAll(upTo: 60, "after many logs")
        let log = try FileManager.default.attributesOfItem(atPath: directory.database + "-wal")
        #expect(try #require(log[.size] as? Int) <= 200_000)
    }

    @Test("after a commit that found the disk full, the log takes no space of it")
    func logIsCut() async throws {
        disk.limitLog(to: 5000)
        #expect(await failure(3)?.code == .diskFull)
        let log = try FileManager.default.attributesOfItem(atPath: directory.database + "-wal")
        #expect(log[.size] as? Int == 0)
        disk.mend()
        try await commit(3)
        try await expectAll(upTo: 3, "after the disk is well")
    }

    @Test("a database that may not have another page, at every number of pages up to what a commit takes")
    func pages() async throws {
        // Larger than those before, so that the file has to grow.
        let wide = TrainingSnapshot.sample(step: 3, count: 6000)
        var refused = 0
        for spare in 0... {
            try await store.database.writeWithoutTransaction { db in
                let pages = try Int.fetchOne(db, sql: "PRAGMA page_count") ?? 0
                try db.execute(sql: "PRAGMA max_page_count = \(pages + spare)")
            }
            do {
                try await store.commit(wide, job: 1, retention: retention)
                break
            } catch {
                #expect(error.code == .diskFull)
                try await expectAll(upTo: 2, "\(spare) pages more")
                refused += 1
            }
        }
        #expect(refused > 8)
        #expect(try await store.latestValidSnapshot(job: 1)?.snapshot == wide)
        #expect(try await store.integrity() == "ok")
    }

    @Test("whichever write fails as space is given back, nothing is lost")
    func givingBack() async throws {
        let large = try await store.makeJob("large")
        for step in 1...8 { try await store.commit(.sample(step: step), job: large, retention: keepAll) }
        try await store.endAndDelete(large)
        for write in stride(from: 0, to: 4000, by: 333) {
            disk.fail(after: write, with: ENOSPC)
            await store.returnFreeSpace()
            disk.mend()
            try await expectAll(upTo: 2, "write \(write)")
        }
        await store.returnFreeSpace()
        try await commit(3)
        try await expectAll(upTo: 3, "after all")
        // Brings the log into the file, should that have been among what failed.
        try store.close()
        let size = try FileManager.default.attributesOfItem(atPath: directory.database)[.size] as? Int
        // Of 17 MiB; less than a turn's worth is left for later.
        #expect(try #require(size) < 3 << 20)
    }
}
