import NN
import Spec
import Tensor

/// Between the runs of steps: on all ranks at once, at rank 0's command.
extension StepExchange {
    /// Gives all ranks rank 0's weights, and each what it owns of the optimizer's state and of the average of the weights, so that
    /// they begin with the same bits.
    func begin() async {
        await link.call { group in
            group.broadcast(self.state.parameters)
            for (_, buffer) in self.state.named.dropFirst() { self.scatter(buffer) }
        }
    }

    /// Brings the optimizer's state and the average of the weights together on rank 0, as a snapshot holds them.
    func gatherState() async {
        await link.call { _ in
            for (_, buffer) in self.state.named.dropFirst() { self.gather(buffer, toAll: false) }
        }
    }

    /// Scores some chunks on the workers of all ranks, each its share.
    ///
    /// - Parameters:
    ///   - chunks: Those that are scored.
    ///   - run: Of the validation data.
    ///   - workers: This rank's.
    /// - Returns: One score for each chunk, in order, the same on all ranks.
    /// - Throws: `DataError` when a file with samples has changed or cannot be read; `TrainingFailure` when that is so on
    ///   another rank.
    func score(
        _ chunks: Range<Int>, of run: EvaluationRun, on workers: [Worker]
    ) async throws -> [EvaluationScore] {
        if chunks.lowerBound == 0, let ema = state.ema?.values {
            await link.call { _ in self.gather(ema, toAll: true) }
        }
        let part = share(of: chunks.count, part: rank, of: ranks)
        let own = (chunks.lowerBound + part.lowerBound)..<(chunks.lowerBound + part.upperBound)
        var scores = RankScores()
        var failure: (any Error)?
        do {
            let portion = run.portion(own)
            scores.scores = try await portion.score(on: workers).map(RankScores.Score.init)
        } catch {
            (failure, scores.failure) = (error, TrainingFailure(error))
        }
        let all = try await link.allgather(scores)
        if let failure { throw failure }
        for (rank, scores) in all.enumerated() {
            if let failure = scores.failure { throw TrainingFailure(rank: rank, failure) }
        }
        return all.flatMap(\.scores).map { $0.score(metrics: run.metrics) }
    }
}

/// What a rank's part of some chunks came to.
private struct RankScores: Sendable, Codable {
    struct Score: Sendable, Codable {
        var tally: Tally
        var metrics: MetricTally.Parts?

        init(_ score: EvaluationScore) { (tally, metrics) = (score.tally, score.metrics?.parts) }

        func score(metrics specs: [MetricSpec]) -> EvaluationScore {
            EvaluationScore(tally: tally, metrics: metrics.map { MetricTally(specs, $0) })
        }
    }

    var scores: [Score] = []
    var failure: TrainingFailure?
}
