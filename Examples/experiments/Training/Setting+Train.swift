import NN
import Parallel
import Spec

extension Setting {
    /// Trains the net through the workers that the daemon uses, and scores it at every checkpoint.
    ///
    /// - Parameter workers: Changes the time and no number.
    /// - Returns: The same numbers every time.
    /// - Throws: `SpecError` or `TrainingError`, naming the layer or both sizes.
    package func train(workers: Int) async throws -> Run {
        let job = try TrainingJob(
            spec, model: Model(spec.model), train: samples.train, test: samples.test)
        let keeper = ScoreKeeper(Evaluator(job: job, workers: workers))
        let coordinator = try Coordinator(job: job, start: nil, workers: workers, sink: keeper)
        let outcome = try await coordinator.run()
        let scores = await keeper.scores
        guard !scores.isEmpty else { throw NoScore(name: name, outcome: outcome) }
        return Run(name: name, scores: scores, outcome: outcome)
    }
}

/// A net that went wrong before its first score.
struct NoScore: Error, CustomStringConvertible {
    let name: String
    let outcome: TrainingOutcome

    var description: String { "`\(name)` ended before its first score: \(outcome)" }
}
