import Spec
import Testing
import nnd

@Suite("Sharing the memory")
struct MemorySharesTests {
    /// A job that takes `base` and so much again for each worker.
    private static func claim(_ asked: WorkerCount, _ base: Double, _ each: Double = 10)
        -> MemoryShares.Claim
    {
        MemoryShares.Claim(asked: asked) { base + each * Double($0) }
    }

    private static func workers(
        _ claims: [Int: MemoryShares.Claim], of available: Double, cores: Int
    ) -> [Int: Int] {
        MemoryShares(available: available).workers(
            for: claims, atMost: CoreShares(cores: cores).workers(for: claims.mapValues(\.asked)))
    }

    @Test("a job needs room for the number that it names, or for one worker")
    func room() {
        let shares = MemoryShares(available: 100)
        let (auto, four) = (Self.claim(.auto, 20), Self.claim(.count(4), 20))
        #expect(shares.fits([auto, auto, auto]) && !shares.fits([auto, auto, auto, auto]))
        #expect(shares.fits([four, auto]) && !shares.fits([four, four]))
        #expect(shares.free(beside: [four, auto]) == 10 && shares.free(beside: []) == 100)
    }

    @Test("jobs with auto have their shares of the cores as far as the memory goes, in turn")
    func dealing() {
        let two = [1: Self.claim(.auto, 0), 2: Self.claim(.auto, 0)]
        #expect(Self.workers(two, of: 1000, cores: 8) == [1: 4, 2: 4])
        #expect(Self.workers(two, of: 50, cores: 8) == [1: 3, 2: 2])
        #expect(Self.workers(two, of: 5, cores: 8) == [1: 1, 2: 1])
        // A number is a number; the next in turn does not pass the one that finds no room.
        let three = [1: Self.claim(.auto, 0, 30), 2: Self.claim(.auto, 0), 3: Self.claim(.count(2), 0)]
        #expect(Self.workers(three, of: 85, cores: 8) == [1: 1, 2: 1, 3: 2])
        #expect(Self.workers(three, of: 95, cores: 8) == [1: 2, 2: 1, 3: 2])
        #expect(Self.workers(three, of: 100, cores: 8) == [1: 2, 2: 2, 3: 2])
    }

    /// Jobs of three sorts, in every combination of up to four.
    private static let sorts = [claim(.auto, 5, 10), claim(.auto, 20, 25), claim(.count(2), 5, 10)]

    @Test("never more than there is, never more than the cores, the same for the same jobs", arguments: 0..<4)
    func limits(count: Int) {
        for code in 0..<81 {
            let claims = Dictionary(
                uniqueKeysWithValues: (0...count).map { ($0, Self.sorts[code / [1, 3, 9, 27][$0] % 3]) })
            for available in stride(from: 10.0, through: 400, by: 10) {
                for cores in 1...7 {
                    let shares = Self.workers(claims, of: available, cores: cores)
                    let most = CoreShares(cores: cores).workers(for: claims.mapValues(\.asked))
                    let used = claims.reduce(0) { $0 + $1.value.bytes(shares[$1.key] ?? 0) }
                    let fits = MemoryShares(available: available).fits(Array(claims.values))
                    var isRight = !fits || used <= available
                    for (job, claim) in claims {
                        let share = shares[job] ?? 0
                        isRight = isRight && share >= 1 && share <= most[job] ?? 0
                        if case .count(let number) = claim.asked { isRight = isRight && share == number }
                    }
                    isRight = isRight && shares == Self.workers(claims, of: available, cores: cores)
                    if !isRight { Issue.record("\(code): \(shares) of \(available) on \(cores)") }
                }
            }
        }
    }

    @Test("a job that comes gives no other one more workers, and one that goes takes none away")
    func comingAndGoing() {
        for code in 0..<81 {
            let sorts = (0..<4).map { Self.sorts[code / [1, 3, 9, 27][$0] % 3] }
            for leaving in 0..<4 {
                let all = Dictionary(uniqueKeysWithValues: sorts.enumerated().map { ($0.offset, $0.element) })
                let fewer = all.filter { $0.key != leaving }
                for available in stride(from: 20.0, through: 400, by: 20) {
                    for cores in 1...7 {
                        let before = Self.workers(all, of: available, cores: cores)
                        let after = Self.workers(fewer, of: available, cores: cores)
                        let losers = fewer.keys.filter { after[$0] ?? 0 < before[$0] ?? 0 }
                        if !losers.isEmpty { Issue.record("\(code): \(before), then \(after)") }
                    }
                }
            }
        }
    }

    @Test("what is the daemon's own is left out, and of little memory not most")
    func ofTheDaemon() {
        #expect(MemoryShares.ofJobs(in: 400) == 300)
        #expect(MemoryShares.ofJobs(in: 0x1p34) == 0x1p34 - 160 * 0x1p20)
    }
}
