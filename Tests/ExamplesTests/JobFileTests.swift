import Datasets
import Foundation
import Parallel
import Spec
import Testing

@Suite("The examples' job files", .timeLimit(.minutes(15)))
struct JobFileTests {
    /// A job file, and what is known of its model without reading the file.
    struct Example: Sendable, CustomTestStringConvertible {
        var file: String
        var output: [Int]
        var parameters: Int

        var testDescription: String { file }
    }

    /// Parameters are counted by hand: inputs * units + units a dense layer, channels * kernel * filters + filters a
    /// convolution.
    static let small = [
        Example(file: "linear-regression/linear-regression.yaml", output: [1], parameters: 3),
        Example(file: "xor/xor.yaml", output: [2], parameters: 2 * 8 + 8 + 8 * 2 + 2),
        Example(file: "digits/digits.yaml", output: [10], parameters: 64 * 64 + 64 + 640 + 10),
        Example(
            file: "digits/digits-conv.yaml", output: [10],
            parameters: (9 * 16 + 16) + (16 * 9 * 32 + 32) + (128 * 10 + 10)),
    ]
    static let fashion = [
        Example(
            file: "fashion-mnist/fashion-mnist.yaml", output: [10], parameters: dense(784, 500, 200, 10)),
        Example(
            file: "fashion-mnist/fashion-mnist-conv.yaml", output: [10],
            parameters: (9 * 16 + 16) + (16 * 9 * 32 + 32) + dense(32 * 49, 128, 10)),
    ]
    static let mnist = [
        Example(file: "mnist/mnist-500.yaml", output: [10], parameters: dense(784, 500, 200, 10)),
        Example(file: "mnist/mnist-100.yaml", output: [10], parameters: dense(784, 100, 200, 10)),
    ]

    private static func dense(_ sizes: Int...) -> Int {
        zip(sizes, sizes.dropFirst()).reduce(0) { $0 + $1.0 * $1.1 + $1.1 }
    }

    @Test("these are all job files that there are")
    func complete() throws {
        let found = try #require(FileManager.default.enumerator(atPath: examples))
            .compactMap { $0 as? String }.filter { $0.hasSuffix(".yaml") }
        let known = (Self.small + Self.fashion + Self.mnist).map(\.file)
        #expect(found.sorted() == known.sorted())
    }

    @Test(
        "a job file is right, and its model has the shapes and sizes meant",
        arguments: small + fashion + mnist)
    func isRight(_ example: Example) throws {
        let spec = try job(example.file)
        try spec.validate()
        let shapes = try spec.model.shapes()
        #expect(shapes.output == example.output)
        #expect(shapes.parameterCount == example.parameters)
    }

    @Test("a small job trains, and three steps make its loss smaller", arguments: small)
    func trains(_ example: Example) async throws {
        try await train(example)
    }

    @Test(
        "a Fashion-MNIST job trains",
        .enabled(
            if: FileManager.default.fileExists(
                atPath: "/usr/share/datasets/fashion-mnist/train-images-idx3-ubyte.gz"),
            "Fashion-MNIST is not there (Debian: dataset-fashion-mnist)"), arguments: fashion)
    func trainsFashion(_ example: Example) async throws {
        try await trainABit(example)
    }

    @Test(
        "a MNIST job trains",
        .enabled(
            if: FileManager.default.fileExists(atPath: examples + "/mnist/train-images-idx3-ubyte.gz"),
            "MNIST is not beside its job files (Examples/mnist/README.md)"), arguments: mnist)
    func trainsMNIST(_ example: Example) async throws {
        try await trainABit(example)
    }

    /// Twenty steps of many: their mean loss is below that of the first.
    private func trainABit(_ example: Example) async throws {
        var spec = try job(example.file)
        spec.training.length = .steps(20)
        spec.schedule = .constant
        spec.data.validation = nil
        spec.checkpoint = CheckpointSpec(everySteps: 1)
        let sink = LastSnapshot()
        let coordinator = try Coordinator(job: TrainingJob(spec), start: nil, workers: 2, sink: sink)
        #expect(try await coordinator.run() == .completed)
        let first = try #require(await sink.first).epochTotals
        let mean = try #require(await sink.metrics.last { $0.name == "loss" }).value
        #expect(first.samples == spec.training.batchSize)
        #expect(mean < first.lossSum / Double(first.samples))
    }

    /// Three steps over the same 64 samples or fewer, at a rate without a warm-up.
    private func train(_ example: Example) async throws {
        var spec = try job(example.file)
        let samples = try TrainingJob(spec).train.count
        spec.training.length = .steps(4)
        spec.training.batchSize = min(64, samples)
        spec.schedule = .constant
        spec.data.shuffle = false
        spec.data.validation = samples > 64 ? .fraction(1 - 64 / Double(samples)) : nil
        spec.checkpoint = CheckpointSpec(everySteps: 1)
        let job = try TrainingJob(spec)
        let sink = LastSnapshot()
        let coordinator = try Coordinator(job: job, start: nil, workers: 2, sink: sink)
        #expect(try await coordinator.run() == .completed)
        let losses = await sink.metrics.filter { $0.name == "loss" }.map(\.value)
        #expect(losses.count >= 2)
        #expect(try #require(losses.last) < (try #require(losses.first)))
    }
}
