import NN
import Spec

/// Rank 0 of a job on several ranks: what it does they do together.
extension Coordinator {
    /// Runs `body` between the first and the last word to the other ranks.
    func leading<Value: Sendable>(
        _ body: () async throws -> sending Value
    ) async throws -> sending Value {
        guard let exchange else { return try await body() }
        await exchange.begin()
        let result: Result<Value, any Error>
        do { result = .success(try await body()) } catch { result = .failure(error) }
        try await exchange.link.send(.end)
        return try result.get()
    }

    /// Brings together what a snapshot needs.
    func gatherState() async throws {
        guard let exchange else { return }
        try await exchange.link.send(.gatherState)
        await exchange.gatherState()
    }

    /// Scores the next chunks of the validation data: a few for each worker of all ranks, who do not look whether
    /// somebody waits.
    func scoreNextChunks(_ run: EvaluationRun, over exchange: StepExchange) async throws -> [EvaluationScore]
    {
        let chunks = run.nextChunks(
            atMost: EvaluationPlan.chunksAtATime(workers: workers.count * exchange.ranks))
        try await exchange.link.send(.score(chunks: chunks, workers: workers.count))
        return try await exchange.score(chunks, of: run, on: workers)
    }
}
