import Parallel
import Testing

/// Trains on several ranks, all in this process.
///
/// - Parameters:
///   - jobs: One for each rank.
///   - workers: Of each rank.
///   - start: What they go on from.
///   - sink: Of rank 0.
///   - ranks: Through which they send; nil makes some.
/// - Returns: How rank 0's run ended, when all have ended.
/// - Throws: What rank 0's run throws.
func trainOnRanks(
    _ jobs: [TrainingJob], workers: Int, from start: TrainingSnapshot? = nil, sink: any SnapshotSink,
    over ranks: LocalRanks? = nil
) async throws -> TrainingOutcome {
    let ranks = ranks ?? LocalRanks(jobs.count)
    let coordinator = try Coordinator(
        job: jobs[0], start: start, workers: workers, sink: sink, ranks: ranks.link(0))
    let followers = jobs.indices.dropFirst().map { rank in
        let follower = RankFollower(job: jobs[rank], link: ranks.link(rank))
        return Task { try await follower.run() }
    }
    let outcome = await Result { try await coordinator.run() }
    for follower in followers { try await follower.value }
    return try outcome.get()
}

extension Result where Failure == any Error {
    fileprivate init(_ body: () async throws -> sending Success) async {
        do { self = .success(try await body()) } catch { self = .failure(error) }
    }
}
