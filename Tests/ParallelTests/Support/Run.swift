import Parallel
import Spec
import Testing

/// Runs a job to its end and returns its last snapshot and all its metric rows.
@discardableResult
func train(
    _ job: TrainingJob, workers: Int, from start: TrainingSnapshot? = nil, sink: MemorySink = MemorySink()
) async throws -> (snapshot: TrainingSnapshot, metrics: [MetricRow]) {
    let coordinator = try Coordinator(job: job, start: start, workers: workers, sink: sink)
    #expect(try await coordinator.run() == .completed)
    return (try #require(await sink.last), await sink.metrics)
}
