import Spec
import Testing
import nnd

@Suite("How many checkpoints lie on the disk")
struct KeptCheckpointTests {
    private func count(_ spec: CheckpointSpec, steps: Int = 1000) -> Int {
        KeptCheckpoints(spec, totalSteps: steps, stepsPerEpoch: 100).count
    }

    @Test("those that are kept, and no more than are taken")
    func counts() {
        #expect(count(CheckpointSpec()) == 3)
        #expect(count(CheckpointSpec(keepLast: 50)) == 11)
        #expect(count(CheckpointSpec(everySteps: 10, keepLast: 50)) == 50)
        #expect(count(CheckpointSpec(everySteps: 10, keepLast: 2, keepEvery: 250)) == 6)
        #expect(count(CheckpointSpec(keepBest: .init(metric: "loss", mode: .min))) == 4)
        #expect(count(CheckpointSpec(everySeconds: 1, keepLast: 50)) == 50)
        #expect(count(CheckpointSpec(), steps: 1) == 1)
    }
}
