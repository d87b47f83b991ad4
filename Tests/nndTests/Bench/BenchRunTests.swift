import Control
import Foundation
import Parallel
import Spec
import Testing
import nnd

@Suite("nnd bench: measuring", .timeLimit(.minutes(15)))
struct BenchRunTests {
    private static let digits = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../../Examples/digits/digits.yaml").standardized.path(percentEncoded: false)

    private func measure(_ subject: BenchSubject, workers: Int) async throws -> BenchResult {
        let job = try subject.job(on: BenchSamples(count: 1_000))
        let measurement = try await StepBenchmark(
            job: job, workers: workers, duration: .milliseconds(50)
        ).run()
        let limit = try StepLimit(
            job.spec.model, batchSize: job.spec.training.batchSize, threads: workers)
        return BenchResult(
            case: job.spec.name, workers: workers, shards: job.plan.shards,
            batchSize: job.spec.training.batchSize, measurement, limit: limit)
    }

    private func check(_ result: BenchResult) throws {
        #expect(result.samplesPerS >= result.samplesPerSMedian && result.samplesPerSMedian > 0)
        #expect(result.stepUsP50 > 0 && result.stepUsP50 <= result.stepUsP99)
        let limit = try #require(result.limitSamplesPerS)
        let fraction = try #require(result.fractionOfLimit)
        #expect(limit > 0 && abs(fraction - result.samplesPerS / limit) < 1e-3)
    }

    @Test("a case goes through the workers, and its limit is its products", arguments: [1, 3])
    func small(workers: Int) async throws {
        let result = try await measure(.bench(.small), workers: workers)
        try check(result)
        #expect(result.case == "mlp_s" && result.workers == workers && result.batchSize == 32)
        #expect(result.shards == BenchCase.small.spec(length: .epochs(1)).shards)
        #expect(result.limitBasis == .products)
    }

    @Test("a job file is measured on its own data")
    func file() async throws {
        let result = try await measure(.file(Self.digits), workers: 2)
        try check(result)
        #expect(result.case == "digits" && result.batchSize == 32)
        // Each worker does more than nothing: the two rows of a digit's layers.
        #expect(result.limitBasis == .products)
    }

    @Test("a net with convolutions has its multiply-adds as the limit")
    func convolution() throws {
        let limit = try #require(try StepLimit(BenchCase.lenet.model, batchSize: 128, threads: 2))
        #expect(limit.basis == .multiplyAdds && limit.samplesPerSecond > 0)
    }

    @Test("more threads than samples: those without any do nothing")
    func idleThreads() throws {
        let model = ModelSpec(input: [4], layers: [LayerSpec(.dense(DenseSpec(units: 2)))])
        #expect(try StepLimit(model, batchSize: 2, threads: 3)?.basis == .products)
    }

    @Test("training that fails is an error of exit code 1 with the reason")
    func failure() async throws {
        var spec = BenchCase.small.spec(length: .endless, checkpoint: .never)
        spec.optimizer = .sgd(SGDSpec(learningRate: 1e30))
        let path = FileManager.default.temporaryDirectory.appending(path: "nnd-bench-\(UUID()).csv")
        try Data("a,b,y\n1,2,0\n3,1,1\n2,2,0\n".utf8).write(to: path)
        defer { try? FileManager.default.removeItem(at: path) }
        spec.model = ModelSpec(
            input: [2],
            layers: [
                LayerSpec(.dense(DenseSpec(units: 9, activation: .relu))),
                LayerSpec(.dense(DenseSpec(units: 2))),
            ])
        spec.data = DataSpec(train: .csv(CSVSourceSpec(path: path.path, label: "y")))
        let job = try TrainingJob(spec).endless()
        let error = await #expect(throws: BenchError.self) {
            try await StepBenchmark(job: job, workers: 2, duration: .seconds(60)).run()
        }
        #expect(error?.status == .jobFailed)
        #expect(error?.description.contains("not finite") == true)
    }

    private static let marks: [StepTimes.Mark] = {
        let start = ContinuousClock.now
        return (0..<7).map { StepTimes.Mark(time: start + .microseconds($0 * 100), samples: 32) }
    }()

    @Test("JSON has all keys, null where there is no limit; the table's columns are aligned")
    func rendering() throws {
        let measurement = try #require(StepMeasurement(Self.marks))
        let result = BenchResult(
            case: "mlp_s", workers: 2, shards: 2, batchSize: 32, measurement, limit: nil)
        let line = String(decoding: try WireJSON.encode(result), as: UTF8.self)
        #expect(
            line == """
                {"batch_size":32,"case":"mlp_s","fraction_of_limit":null,"limit_basis":null,\
                "limit_samples_per_s":null,"samples_per_s":320000,"samples_per_s_median":320000,"shards":2,\
                "step_us_p50":100,"step_us_p99":100,"workers":2}
                """)
        #expect(try WireJSON.decode(BenchResult.self, from: Data(line.utf8)) == result)
        var other = result
        (other.limitSamplesPerS, other.limitBasis, other.fractionOfLimit) = (640_000, .multiplyAdds, 0.5)
        (other.samplesPerSMedian, other.stepUsP99) = (999.44, 12_345)
        #expect(
            [BenchTable.header, BenchTable.row(result), BenchTable.row(other)] == [
                "case            workers  shards   samples/s      median    step p50         p99       limit  of limit",
                "mlp_s                 2       2      320000      320000      100 us      100 us           -         -",
                "mlp_s                 2       2      320000       999.4      100 us     12.3 ms     640000*      0.50",
            ])
        #expect(!BenchTable.notes([result]).contains("limit"))
        #expect(BenchTable.notes([other]).contains("* limit: the step's multiply-adds"))
    }
}
