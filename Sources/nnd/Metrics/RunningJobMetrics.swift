import Control
import Parallel

/// What is measured of the jobs that train.
struct RunningJobMetrics: Sendable {
    let status: JobStatus
    let timings: RunTimings

    private var labels: [(String, String)] { [("job", "\(status.id)"), ("name", status.name)] }

    /// Adds these jobs' families.
    static func add(_ jobs: [RunningJobMetrics], to text: inout OpenMetricsText) {
        func each(_ value: (JobStatus) -> Double?) -> [OpenMetricsText.Sample] {
            jobs.compactMap { job in value(job.status).map { .init($0, job.labels) } }
        }
        text.add("nnd_job_steps", .counter, "Steps passed.", each { Double($0.step) })
        text.add("nnd_job_samples", .counter, "Samples used, over all epochs.", each { Double($0.samples) })
        text.add("nnd_job_epoch", .gauge, "Whole epochs done.", each { Double($0.epoch) })
        text.add("nnd_job_planned_steps", .gauge, "Steps in all.", each { Double($0.totalSteps) })
        text.add("nnd_job_workers", .gauge, "Workers that share the job.", each { Double($0.workers) })
        text.add(
            "nnd_job_samples_per_second", .gauge, "Throughput over the last seconds.",
            each { $0.samplesPerSecond })
        text.add(
            "nnd_job_eta_seconds", .gauge, unit: "seconds", "Time to the last step at the present speed.",
            each { $0.etaSeconds })
        text.add("nnd_job_loss", .gauge, "Mean training loss over the epoch under way.", each { $0.loss })
        text.add(
            "nnd_job_metric", .gauge, "The newest value of each other metric.",
            jobs.flatMap { job in
                job.status.metrics.sorted { $0.key < $1.key }.map {
                    .init($0.value, job.labels + [("metric", $0.key)])
                }
            })
        text.add(
            "nnd_job_step_seconds", "How long steps took.", jobs.map { ($0.labels, $0.timings.steps) })
        text.add(
            "nnd_job_checkpoint_stall_seconds", "How long training waited at checkpoints.",
            jobs.map { ($0.labels, $0.timings.stalls) })
        text.add(
            "nnd_job_checkpoint_commit_seconds", "How long checkpoints took to become durable.",
            jobs.map { ($0.labels, $0.timings.commits) })
        text.add(
            "nnd_job_skipped_checkpoints", .counter,
            "Checkpoints left out, because the one before was still being written.",
            jobs.map { .init(Double($0.timings.skippedCheckpoints), $0.labels) })
    }
}
