import Datasets
import Foundation
import Parallel
import Spec
import TestSupport
import Testing

@Suite("Jobs on samples that are not in memory", .timeLimit(.minutes(15)))
struct StoredDataTests {
    /// A folder for files, which goes with the test.
    private struct Folder: ~Copyable {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("nnd-stored-\(UUID())").path

        init() throws {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        }

        deinit { try? FileManager.default.removeItem(atPath: path) }
    }

    /// Writes a pair of plain IDX files: 600 images of 6 x 6, in 3 classes.
    static func images(in folder: String) throws -> SourceSpec {
        let count = 600
        var images: [UInt8] = [0, 0, 8, 3, 0, 0, 2, 88, 0, 0, 0, 6, 0, 0, 0, 6]
        images += (0..<count * 36).map { UInt8(truncatingIfNeeded: $0 &* 167 >> 3) }
        let labels: [UInt8] = [0, 0, 8, 1, 0, 0, 2, 88] + (0..<count).map { UInt8($0 * $0 % 3) }
        try Data(images).write(to: URL(fileURLWithPath: "\(folder)/images"))
        try Data(labels).write(to: URL(fileURLWithPath: "\(folder)/labels"))
        return .idx(IDXSourceSpec(images: "\(folder)/images", labels: "\(folder)/labels"))
    }

    static func spec(_ source: SourceSpec, scale: ScaleSpec, everySteps: Int) -> JobSpec {
        var spec = SmallJob.spec(
            steps: 80, batch: 50, shards: 3, checkpoint: CheckpointSpec(everySteps: everySteps, keepLast: 9))
        spec.data = DataSpec(train: source, validation: .fraction(0.25), test: source, scale: scale)
        spec.model.input = [36]
        return spec
    }

    @Test(
        "Snapshots, curves and scores have the same bits wherever the samples are",
        arguments: [ScaleSpec.divide(255), .standardize])
    func sameBits(scale: ScaleSpec) async throws {
        let folder = try Folder()
        let images = StoredDataTests.spec(
            try StoredDataTests.images(in: folder.path), scale: scale, everySteps: 30)
        var table = SmallJob.spec(steps: 60)
        table.data.scale = scale
        for spec in [images, table] {
            let jobs = try [Int.max, 0].map { limit in
                try TrainingJob(spec, storage: SampleStorage(memoryLimit: limit, directory: folder.path))
            }
            #expect(jobs[0].train.storedBytes > 0 && jobs[1].train.storedBytes == 0)
            #expect(jobs[0].dataFingerprint == jobs[1].dataFingerprint)
            let memory = try await train(jobs[0], workers: 1)
            for workers in [1, 3] {
                let files = try await train(jobs[1], workers: workers)
                #expect(files.snapshot == memory.snapshot)
                #expect(files.metrics == memory.metrics)
            }
            for data in EvaluationData.allCases {
                let scores = try await [
                    Evaluator(job: jobs[0], workers: 1).evaluate(memory.snapshot, on: data),
                    Evaluator(job: jobs[1], workers: 2).evaluate(memory.snapshot, on: data),
                ]
                #expect(scores[0] == scores[1])
            }
        }
    }

    /// Cuts a file short when the first snapshot has been committed.
    actor CuttingSink: SnapshotSink {
        let path: String
        private let damage: @Sendable (String) -> Bool
        private(set) var steps: [Int] = []

        init(
            _ path: String, damage: @escaping @Sendable (String) -> Bool = { truncate($0, 1000) == 0 }
        ) {
            (self.path, self.damage) = (path, damage)
        }

        func commit(_ snapshot: TrainingSnapshot) throws {
            if snapshot.cursor.step > 0, !damage(path) { throw CocoaError(.fileWriteUnknown) }
            steps.append(snapshot.cursor.step)
        }
    }

    @Test(
        "A file that is cut short under a job ends it with a sentence, whole up to a step", arguments: [1, 3])
    func cutShort(workers: Int) async throws {
        let folder = try Folder()
        let source = try StoredDataTests.images(in: folder.path)
        let storage = SampleStorage(memoryLimit: 0, directory: folder.path)
        let job = try TrainingJob(
            StoredDataTests.spec(source, scale: .divide(255), everySteps: 3), storage: storage)
        let sink = CuttingSink("\(folder.path)/images")
        let coordinator = try Coordinator(job: job, start: nil, workers: workers, sink: sink)
        let error = await #expect(throws: DataError.self) { try await coordinator.run() }
        #expect(error?.code == .changed)
        #expect(error?.file == "\(folder.path)/images")
        let steps = await sink.steps
        #expect(steps.contains(3))
        #expect(steps.allSatisfy { $0 < 80 })
    }

    @Test(
        "A data set larger than the memory that a process may have is trained on and scored",
        .withoutSanitizer("it takes more memory than the limit leaves"))
    func largerThanMemory() async {
        await #expect(processExitsWith: .success) {
            try await StoredDataTests.trainWithLittleMemory()
            exit(EXIT_SUCCESS)
        }
    }

    /// Trains on 384 MiB of images with at most 192 MiB more of memory than the process has by now.
    private static func trainWithLittleMemory() async throws {
        let folder = try Folder()
        let (count, size) = (3 << 17, 1 << 10)
        let word: (Int) -> [UInt8] = { value in [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
        }
        for (name, header, bytes) in [
            ("images", [0, 0, 8, 3] + word(count) + word(32) + word(32), count * size),
            ("labels", [0, 0, 8, 1] + word(count), count),
        ] {
            let path = "\(folder.path)/\(name)"
            try Data(header).write(to: URL(fileURLWithPath: path))
            // The rest are zeros that take no room.
            guard truncate(path, header.count + bytes) == 0 else { exit(2) }
        }

        let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmData:") }
        guard
            let kibibytes = line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap({ Int($0) })
        else { exit(3) }
        var limit = rlimit()
        limit.rlim_cur = rlim_t((kibibytes << 10) + (192 << 20))
        limit.rlim_max = limit.rlim_cur
        guard setrlimit(__rlimit_resource_t(RLIMIT_DATA.rawValue), &limit) == 0 else { exit(4) }
        // What the images would need cannot be had.
        let memory = mmap(nil, count * size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
        guard memory == MAP_FAILED else { exit(5) }

        var spec = SmallJob.spec(steps: 40, batch: 64)
        let source = SourceSpec.idx(
            IDXSourceSpec(images: "\(folder.path)/images", labels: "\(folder.path)/labels"))
        spec.data = DataSpec(train: source, validation: .fraction(0.01), scale: .divide(255))
        spec.model.input = [size]
        let job = try TrainingJob(spec)
        let coordinator = try Coordinator(job: job, start: nil, workers: 2, sink: MemorySink())
        guard try await coordinator.run() == .completed else { exit(6) }
    }
}
