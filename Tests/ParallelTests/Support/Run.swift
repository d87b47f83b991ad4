import Parallel
import Spec
import Testing

/// Runs a job to its end and returns its last snapshot and all its metric rows.
@discardableResult
func train(
    _ job: TrainingJob, workers: Int, from start: TrainingSnapshot? = nil, sink: MemorySink = MemorySink(),
    endsEarly: Bool = false
) async throws -> (snapshot: TrainingSnapshot, metrics: [MetricRow]) {
    let coordinator = try Coordinator(job: job, start: start, workers: workers, sink: sink)
    let outcome = try await coordinator.run()
    if case .stoppedEarly = outcome {
        #expect(endsEarly)
    } else {
        #expect(outcome == .completed && !endsEarly)
    }
    return (try #require(await sink.last), await sink.metrics)
}
