import Spec
import Store
import Testing

@Suite("Retention, the policy")
struct RetentionTests {
    private func expendable(
        _ metrics: [Double?], keepLast: Int, best: CheckpointSpec.KeepBest.Mode? = nil
    ) -> [Int] {
        let spec = CheckpointSpec(
            keepLast: keepLast, keepBest: best.map { CheckpointSpec.KeepBest(metric: "val_loss", mode: $0) })
        let candidates = metrics.enumerated().map { Retention.Candidate(id: $0 + 1, metric: $1) }
        return Retention(spec).expendable(candidates)
    }

    @Test("the newest are kept", arguments: [(1, [1, 2, 3]), (3, [1]), (4, []), (9, [])])
    func keepLast(count: Int, expected: [Int]) {
        #expect(expendable([nil, nil, nil, nil], keepLast: count) == expected)
    }

    @Test("the newest stays whatever the number", arguments: [0, -3, Int.min])
    func newest(count: Int) {
        #expect(expendable([nil, nil], keepLast: count) == [1])
        #expect(expendable([nil], keepLast: count) == [])
    }

    @Test("the best is kept beside the newest")
    func best() {
        #expect(expendable([0.3, 0.1, 0.2, 0.4], keepLast: 1, best: .min) == [1, 3])
        #expect(expendable([0.3, 0.9, 0.2, 0.4], keepLast: 1, best: .max) == [1, 3])
        #expect(expendable([0.3, 0.1, 0.2, 0.05], keepLast: 2, best: .min) == [1, 2])
    }

    @Test("of equals the oldest is the best")
    func ties() {
        #expect(expendable([0.5, 0.1, 0.1, 0.7], keepLast: 1, best: .min) == [1, 3])
    }

    @Test("neither a NaN nor a missing value is the best, infinity can be")
    func notNumbers() {
        #expect(expendable([.nan, nil, 0.5, nil], keepLast: 1, best: .max) == [1, 2])
        #expect(expendable([.nan, nil, .nan, nil], keepLast: 1, best: .min) == [1, 2, 3])
        #expect(expendable([.infinity, nil, 3], keepLast: 1, best: .max) == [2])
    }

    @Test("the order of the rows does not matter")
    func order() {
        let candidates = [3, 1, 2].map { Retention.Candidate(id: $0, metric: nil) }
        #expect(Retention(CheckpointSpec(keepLast: 1)).expendable(candidates) == [1, 2])
        #expect(Retention(CheckpointSpec(keepLast: 1)).expendable([]) == [])
    }
}
