import Datasets
import NN
import Spec
import Synchronization

/// A portion of the scoring of a data set, which all workers do together: each takes the next chunk whenever it has
/// done one, so that none waits for another before the end.
///
/// A portion ends with the last chunk, when somebody waits for the coordinator, or when it has lasted long enough.
final class EvaluationPortion: Sendable {
    let data: Dataset
    let loss: Loss
    let metrics: [MetricSpec]
    let plan: EvaluationPlan
    private let deadline: ContinuousClock.Instant?
    private let end: Int
    private let next: Atomic<Int>
    private let isEndRequested = Atomic(false)

    init(
        _ data: Dataset, loss: Loss, metrics: [MetricSpec], plan: EvaluationPlan, chunks: Range<Int>,
        deadline: ContinuousClock.Instant?
    ) {
        self.data = data
        self.loss = loss
        self.metrics = metrics
        self.plan = plan
        self.deadline = deadline
        next = Atomic(chunks.lowerBound)
        end = chunks.upperBound
    }

    /// Asks the workers to begin no more chunks.
    func requestEnd() { isEndRequested.store(true, ordering: .relaxed) }

    /// Hands out the next chunk. They go in order, so those that have been handed out are the first ones of the portion.
    ///
    /// - Parameter isFirst: Whether the worker has had none. It gets one in any case, or portions could come to nothing
    ///   for ever.
    /// - Returns: nil when the portion ends.
    func takeChunk(isFirst: Bool) -> Int? {
        let mayEnd = isEndRequested.load(ordering: .relaxed) || deadline.map { .now >= $0 } ?? false
        if mayEnd && !isFirst { return nil }
        let chunk = next.add(1, ordering: .relaxed).oldValue
        return chunk < end ? chunk : nil
    }

    /// Scores on all of `workers` at once.
    ///
    /// - Returns: One score for each chunk of the portion, in order.
    /// - Throws: `DataError` when a file with samples has changed or cannot be read.
    func score(on workers: [Worker]) async throws -> [EvaluationScore] {
        try await withThrowingTaskGroup(of: [(chunk: Int, score: EvaluationScore)].self) { group in
            for worker in workers { group.addTask { try await worker.evaluate(self) } }
            var scores: [(chunk: Int, score: EvaluationScore)] = []
            for try await part in group { scores += part }
            return scores.sorted { $0.chunk < $1.chunk }.map(\.score)
        }
    }
}
