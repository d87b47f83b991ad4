import Spec
import Testing
import nnd

/// Over all small combinations: 1 to 8 cores, up to 5 jobs, each with auto or 1 to 3 workers.
@Suite("How running jobs share the cores")
struct CoreSharesTests {
    static let counts: [WorkerCount] = [.auto, .count(1), .count(2), .count(3)]

    /// Every choice of up to `most` jobs, by ids that ascend but are not 0, 1, 2.
    private static func combinations(most: Int = 5) -> [[Int: WorkerCount]] {
        var all: [[Int: WorkerCount]] = [[:]]
        var longest = all
        for place in 0..<most {
            longest = longest.flatMap { jobs in
                counts.map { jobs.merging([3 + 7 * place: $0]) { $1 } }
            }
            all += longest
        }
        return all
    }

    private func isAuto(_ count: WorkerCount) -> Bool { count == .auto }

    @Test("every job has at least one worker, and one that names a number has that", arguments: 1...8)
    func numbers(cores: Int) {
        for asked in Self.combinations() {
            let shares = CoreShares(cores: cores).workers(for: asked)
            #expect(Set(shares.keys) == Set(asked.keys))
            for (job, share) in shares {
                if case .count(let count) = asked[job] { #expect(share == count) }
                #expect(share >= 1)
            }
        }
    }

    @Test("the others use up what is left, no more, and evenly", arguments: 1...8)
    func sums(cores: Int) {
        for asked in Self.combinations() {
            let shares = CoreShares(cores: cores).workers(for: asked)
            let sharing = asked.filter { isAuto($0.value) }.keys.sorted()
            let fixed = shares.filter { !sharing.contains($0.key) }.values.reduce(0, +)
            let shared = sharing.compactMap { shares[$0] }
            guard !shared.isEmpty else { continue }
            #expect(shared.reduce(0, +) == max(cores - fixed, shared.count), "\(asked) of \(cores)")
            // The first have one more than the last at most.
            #expect(shared == shared.sorted(by: >) && (shared.first ?? 0) - (shared.last ?? 0) <= 1)
        }
    }

    @Test(
        "one that comes makes nobody's share larger; one that goes makes nobody's smaller", arguments: 1...8)
    func coming(cores: Int) {
        let shares = CoreShares(cores: cores)
        for asked in Self.combinations(most: 4) {
            let before = shares.workers(for: asked)
            // Before all others, between them and after them.
            for id in [1, 12, 99] {
                for count in Self.counts {
                    let after = shares.workers(for: asked.merging([id: count]) { $1 })
                    for (job, share) in before {
                        #expect((after[job] ?? 0) <= share, "\(job) of \(asked) beside \(id)")
                    }
                }
            }
        }
    }

    @Test("the same jobs have the same shares, in whatever order they came")
    func determinism() {
        for asked in Self.combinations() {
            var other: [Int: WorkerCount] = [:]
            for (job, count) in asked.sorted(by: { $0.key > $1.key }) { other[job] = count }
            #expect(CoreShares(cores: 5).workers(for: asked) == CoreShares(cores: 5).workers(for: other))
        }
    }

    @Test("one job alone has all cores")
    func alone() {
        #expect(CoreShares(cores: 6).workers(for: [9: .auto]) == [9: 6])
        #expect(
            CoreShares(cores: 6).workers(for: [9: .auto, 11: .count(4), 12: .auto]) == [9: 1, 11: 4, 12: 1])
        #expect(CoreShares(cores: 7).workers(for: [1: .auto, 2: .auto, 3: .auto]) == [1: 3, 2: 2, 3: 2])
    }
}
