import Foundation
import GRDB
import Parallel
import Spec
import Store
import Testing

@Suite("Snapshots", .timeLimit(.minutes(15)))
struct SnapshotTests {
    let store: Store

    init() throws { store = try Store.inMemory() }

    @Test("a snapshot comes back bit for bit, without its metric rows")
    func roundTrip() async throws {
        let job = try await store.makeJob()
        let row = MetricRow(step: 7, epoch: 0, name: "loss", value: 0.5)
        let snapshot = TrainingSnapshot.sample(step: 7, metrics: [row])
        let record = try await store.commit(snapshot, job: job, retention: keepAll)
        let restored = try await store.snapshot(checkpoint: record.id)
        #expect(restored == snapshot.withoutMetrics)
        #expect(record.bytes == 2 * 4 * ((1 << 18) + 3))
        #expect(record.cursor == snapshot.cursor)
    }

    @Test("NaN payloads, signed zeros, denormals and infinities survive")
    func specialValues() async throws {
        let patterns: [UInt32] = [
            0x7FC0_0000, 0x7FA0_0001, 0xFFC1_2345, 0x8000_0000, 0, 1, 0x807F_FFFF, 0x7F80_0000, 0xFF80_0000,
            0x7F7F_FFFF,
        ]
        let job = try await store.makeJob()
        var snapshot = TrainingSnapshot.small(step: 1)
        snapshot.layout = [SnapshotTensor(name: "w", shape: [2, 5])]
        snapshot.buffers = [SnapshotBuffer(name: "parameters", values: patterns.map(Float.init(bitPattern:)))]
        let record = try await store.commit(snapshot, job: job, retention: keepAll)
        let restored = try await store.snapshot(checkpoint: record.id)
        #expect(restored.buffers.map { $0.values.map(\.bitPattern) } == [patterns])
    }

    @Test("values are stored as little-endian f32 under the SHA-256 of their bytes")
    func format() async throws {
        let job = try await store.makeJob()
        var snapshot = TrainingSnapshot.small(step: 1)
        snapshot.layout = [
            SnapshotTensor(name: "w", shape: [1 << 18]), SnapshotTensor(name: "x", shape: [2]),
        ]
        let zeros = [Float](repeating: 0, count: 1 << 18)
        snapshot.buffers = [SnapshotBuffer(name: "parameters", values: zeros + [1, -2.5])]
        try await store.commit(snapshot, job: job, retention: keepAll)
        let rows = try await store.database.read { db in
            try String.fetchAll(
                db,
                sql: """
                    SELECT lower(hex(sha256)) || ' ' || length(data) || ' ' || hex(substr(data, 1, 8))
                    FROM checkpoint_chunks JOIN chunks USING (sha256) ORDER BY position
                    """)
        }
        // `head -c 1048576 /dev/zero | sha256sum` and `printf '\0\0\200\077\0\0\040\300' | sha256sum`
        #expect(
            rows == [
                "30e14955ebf1352266dc2ff8067e68104607e750abb9d3b36582b8af909fcb58 1048576 0000000000000000",
                "48943f7a0ea247f8e3c9386d0c5822fe181d323a9289980426638cc4e72a43e1 8 0000803F000020C0",
            ])
    }

    @Test("equal chunks are stored once, within a snapshot and between snapshots and jobs")
    func deduplication() async throws {
        let chunk = Chunks.valuesPerChunk
        var snapshot = TrainingSnapshot.small(step: 1)
        snapshot.layout = [SnapshotTensor(name: "w", shape: [3, chunk])]
        let same = [Float](repeating: 1, count: chunk)
        let other = [Float](repeating: 2, count: chunk)
        snapshot.buffers = [
            SnapshotBuffer(name: "parameters", values: same + other + same),
            SnapshotBuffer(name: "momentum", values: same + same + same),
        ]
        for name in ["a", "b"] {
            let job = try await store.makeJob(name)
            for step in 1...2 {
                snapshot.cursor.step = step
                try await store.commit(snapshot, job: job, retention: keepAll)
            }
        }
        #expect(try await store.count("checkpoint_chunks") == 4 * 6)
        #expect(try await store.count("chunks") == 2)
        #expect(try await store.snapshot(checkpoint: 4) == snapshot)

        try await store.endAndDelete(1)
        #expect(try await store.snapshot(checkpoint: 4) == snapshot)
        try await store.endAndDelete(2)
        #expect(try await store.count("chunks") == 0)
    }

    @Test("a model without parameters has checkpoints too")
    func empty() async throws {
        let job = try await store.makeJob()
        var snapshot = TrainingSnapshot.small(step: 1)
        snapshot.layout = []
        snapshot.buffers = [SnapshotBuffer(name: "parameters", values: [])]
        let record = try await store.commit(snapshot, job: job, retention: keepAll)
        #expect(try await store.snapshot(checkpoint: record.id) == snapshot)
    }

    @Test("a snapshot that contradicts itself is refused whole", arguments: 0..<6)
    func contradictions(index: Int) async throws {
        let job = try await store.makeJob()
        var snapshot = TrainingSnapshot.small(step: 3)
        switch index {
        case 0: snapshot.buffers[1].values.removeLast()
        case 1: snapshot.buffers[1].name = "parameters"
        case 2: snapshot.buffers[0].name = ""
        case 3: snapshot.layout[0].shape = [-3]
        case 4: snapshot.layout[0].shape = [Int.max, 3]
        default: snapshot.layout[0].name = snapshot.layout[1].name
        }
        let error = await #expect(throws: StoreError.self) {
            try await store.commit(snapshot, job: job, retention: keepAll)
        }
        #expect(error?.code == .invalidSnapshot)
        #expect(error?.description.hasPrefix("the snapshot at step 3 has ") == true)
        #expect(try await store.count("checkpoints") == 0)
    }

    @Test("the sentence about a wrong length names the buffer and both lengths")
    func lengthSentence() async throws {
        let job = try await store.makeJob()
        var snapshot = TrainingSnapshot.small(step: 3)
        snapshot.buffers[1].values.removeLast()
        let short = snapshot
        let error = await #expect(throws: StoreError.self) {
            try await store.commit(short, job: job, retention: keepAll)
        }
        #expect(
            error?.description
                == "the snapshot at step 3 has 4 values in buffer `adam.m`; its layout asks for 5")
    }
}
