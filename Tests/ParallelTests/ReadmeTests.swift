import Datasets
import Foundation
import NN
import Parallel
import Spec
import Tensor
import TestSupport
import Testing

/// Gets a snapshot at each checkpoint: all weights, and the metrics since the last one.
private actor Newest: SnapshotSink {
    private(set) var snapshot: TrainingSnapshot?

    func commit(_ snapshot: TrainingSnapshot) { self.snapshot = snapshot }
}

// What stands here is in README.md, line by line; a test compares them.
@Suite("The Swift of README.md", .timeLimit(.minutes(15)))
struct ReadmeTests {
    @Test("its gradient is the one in the comment")
    func autograd() throws {
        let w = Tensor([1, 2, 3]).tracked
        let loss = (w * w + w).sum()
        let gradient = try gradients(of: loss, withRespectTo: ["w": w])["w"]
        #expect(gradient?.values == [3, 5, 7])
    }

    @Test("its training learns what the comment says")
    func training() async throws {
        let x = (0..<256).map { Float($0) / 128 - 1 }
        let samples = try Dataset(
            features: .floats(x), featureShape: [1], targets: .values(x.map { $0 * $0 }, shape: [1]))
        let net = ModelSpec(
            input: [1],
            layers: [
                LayerSpec(.dense(DenseSpec(units: 16, activation: .tanh))),
                LayerSpec(.dense(DenseSpec(units: 1))),
            ])
        let spec = JobSpec(
            inMemory: "square", model: net, loss: .meanSquaredError,
            optimizer: .adam(AdamSpec(learningRate: 0.01)),
            training: TrainingSpec(length: .epochs(200)))
        let job = try TrainingJob(spec, model: Model(net), train: samples)
        let newest = Newest()
        let outcome = try await Coordinator(job: job, start: nil, workers: 2, sink: newest).run()
        #expect(outcome == .completed)
        var printed: [Float] = []
        func print(_ value: Float) { printed.append(value) }
        if let values = await newest.snapshot?.buffers.first?.values {
            let replica = ModelReplica(job.model, Weights(job.model.layout, values: values))
            print(replica.predict(Tensor([0.5], shape: [1, 1])).scalar)
        }
        #expect(printed.count == 1 && abs((printed.first ?? 0) - 0.25) < 0.02, "\(printed)")
    }

    @Test("it is the code of this file")
    func document() throws {
        let code = lines(try text("Tests/ParallelTests/ReadmeTests.swift")).map {
            $0.replacing("private actor", with: "actor")
        }
        let snippets = try text("README.md").split(separator: "```swift\n").dropFirst()
            .map { lines($0[..<($0.firstRange(of: "```")?.lowerBound ?? $0.endIndex)]) }
        #expect(snippets.count == 2)
        for snippet in snippets {
            var place = code.startIndex
            for line in snippet {
                // In order; what this file has between two lines are its own.
                guard let found = code[place...].firstIndex(of: line) else {
                    Issue.record("\(line)")
                    break
                }
                place = found + 1
            }
        }
    }

    private func text(_ path: String) throws -> String {
        try String(contentsOf: Fixture.url("../../" + path).standardized, encoding: .utf8)
    }

    /// What is not blank, without comments behind the code.
    private func lines(_ text: some StringProtocol) -> [String] {
        text.split(separator: "\n").map { line in
            let end = line.firstRange(of: "   // ")?.lowerBound ?? line.endIndex
            return line[..<end].trimmingCharacters(in: .whitespaces)
        }.filter { !$0.isEmpty }
    }
}
