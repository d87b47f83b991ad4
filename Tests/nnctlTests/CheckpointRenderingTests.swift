import Control
import Testing
import nnctl

@Suite("One checkpoint, or two, as text")
struct CheckpointRenderingTests {
    private let details = CheckpointDetails(
        info: CheckpointInfo(
            id: 12, branch: 2, step: 1500, epoch: 2, samples: 150_000,
            weightsDigest: String(repeating: "ab", count: 32), bytes: 4_200_000, pinned: true,
            metrics: ["val_accuracy": 0.887, "loss": 0.27134], createdAt: Samples.ago(90)),
        ownBytes: 1_050_000, buffers: ["parameters", "adam.m", "adam.v"],
        tensors: [.init(name: "0.bias", shape: [10]), .init(name: "0.weight", shape: [784, 10])])

    @Test("a checkpoint's card, and the tensors in it")
    func card() {
        let digest = String(repeating: "ab", count: 32)
        #expect(
            CheckpointCard.rendered(details, now: Samples.now, width: 80, style: .plain) == """
                checkpoint 12
                  step          1500
                  epoch         2
                  branch        2
                  samples       150000
                  loss          0.2713
                  val_accuracy  0.887
                  size          4.20 MB, 1.05 MB of it in no other checkpoint
                  pinned        yes
                  made          1m ago
                  weights       \(digest)
                  buffers       parameters, adam.m, adam.v

                TENSOR    SHAPE
                0.bias    [10]
                0.weight  [784, 10]

                """)
    }

    @Test("text that came from elsewhere cannot steer the terminal")
    func hostile() {
        var hostile = details
        hostile.buffers = ["a\u{1B}[2J"]
        hostile.tensors = [.init(name: "b\u{1B}[2J", shape: [])]
        hostile.info.metrics = ["c\u{1B}[2J": 1]
        hostile.info.weightsDigest = "d\u{1B}[2J"
        let card = CheckpointCard.rendered(hostile, now: Samples.now, width: 80, style: .plain)
        let table = DifferenceTable.rendered(
            CheckpointDifference(
                first: .init(id: 1, step: 1), second: .init(id: 2, step: 2), equalDigests: true,
                tensors: [
                    .init(buffer: "a\u{1B}", name: "b\u{1B}", equal: true, largest: 0, rootMeanSquare: 0)
                ]),
            width: 80, style: .plain)
        #expect(!(card + table).contains("\u{1B}"))
    }

    @Test("two checkpoints: a line a tensor and buffer")
    func difference() {
        let difference = CheckpointDifference(
            first: .init(id: 11, step: 1000), second: .init(id: 12, step: 1500), equalDigests: false,
            tensors: [
                .init(
                    buffer: "parameters", name: "0.weight", equal: false, largest: 0.0123,
                    rootMeanSquare: 0.00123),
                .init(buffer: "parameters", name: "0.bias", equal: true, largest: 0, rootMeanSquare: 0),
                .init(
                    buffer: "adam.v", name: "0.weight", equal: false, largest: .infinity,
                    rootMeanSquare: .nan),
            ])
        #expect(
            DifferenceTable.rendered(difference, width: 80, style: .plain) == """
                checkpoint 11 at step 1000 and 12 at step 1500: the weights differ

                BUFFER      TENSOR     LARGEST       RMS
                parameters  0.weight  1.23e-02  1.23e-03
                parameters  0.bias       equal
                adam.v      0.weight       inf       NaN

                """)
        // A narrow terminal leaves the buffers out.
        #expect(
            DifferenceTable.rendered(difference, width: 32, style: .plain).contains(
                "TENSOR     LARGEST       RMS\n0.weight  1.23e-02  1.23e-03\n"))
        let same = CheckpointDifference(
            first: .init(id: 11, step: 1000), second: .init(id: 11, step: 1000), equalDigests: true,
            tensors: [])
        #expect(
            DifferenceTable.rendered(same, width: 80, style: .plain)
                .hasPrefix("checkpoint 11 at step 1000 and 11 at step 1000: the weights are equal\n"))
    }
}
