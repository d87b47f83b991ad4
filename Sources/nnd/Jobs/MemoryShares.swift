package import Spec

/// How running jobs share the memory: pure, and the same for the same jobs.
///
/// A job needs room for the number of workers that it names or, with `auto`, for one. What is left beyond that is dealt
/// out to the jobs with `auto` in turn, those that were made first before others, a worker each, until one does not find
/// room or the cores are shared out. So a job that comes never gives another one more workers, and one that goes never
/// takes any away.
package struct MemoryShares: Sendable {
    /// Bytes that all jobs can have together.
    package let available: Double

    /// What a job asks for.
    package struct Claim: Sendable {
        package var asked: WorkerCount
        /// Bytes that it needs with so many workers; more never need less.
        package var bytes: @Sendable (_ workers: Int) -> Double

        package init(asked: WorkerCount, bytes: @escaping @Sendable (_ workers: Int) -> Double) {
            (self.asked, self.bytes) = (asked, bytes)
        }

        /// With which it can do.
        package var fewestWorkers: Int {
            switch asked {
            case .auto: 1
            case .count(let count): min(max(1, count), WorkerPolicy.most)
            }
        }

        package var fewestBytes: Double { bytes(fewestWorkers) }
    }

    /// - Parameter available: Bytes.
    package init(available: Double) {
        self.available = available
    }

    /// Bytes that are left for others when each of these jobs has the least that it can do with.
    package func free(beside claims: [Claim]) -> Double {
        claims.reduce(available) { $0 - $1.fewestBytes }
    }

    /// Whether all of these jobs can run side by side.
    package func fits(_ claims: [Claim]) -> Bool { free(beside: claims) >= 0 }

    /// Shares the memory.
    ///
    /// - Parameters:
    ///   - claims: Of all running jobs, by their ids.
    ///   - cores: Their shares of the cores, which none exceeds.
    /// - Returns: Workers by job. A job that names a number has it, whether or not there is room; others have one at
    ///   least.
    package func workers(for claims: [Int: Claim], atMost cores: [Int: Int]) -> [Int: Int] {
        var shares = claims.mapValues(\.fewestWorkers)
        let sharing = claims.keys.filter { claims[$0]?.asked == .auto }.sorted()
        var rest = free(beside: Array(claims.values))
        var turn = 2
        while sharing.contains(where: { turn <= cores[$0] ?? 1 }) {
            for job in sharing where turn <= cores[job] ?? 1 {
                guard let claim = claims[job] else { continue }
                rest -= claim.bytes(turn) - claim.bytes(turn - 1)
                guard rest >= 0 else { return shares }
                shares[job] = turn
            }
            turn += 1
        }
        return shares
    }
}
