package import Control
package import Foundation

/// What `nnctl status JOB` shows: all there is to know of one job.
package enum JobCard {
    package static func rendered(_ job: JobStatus, now: Date, width: Int?, style: Style) -> String {
        var card = Card("job \(job.title)")
        card.add("state", job.state.rawValue, job.state.color)
        card.add("reason", job.reason?.printable)
        card.add("owner", job.owner?.text)
        card.add("progress", progress(job))
        card.add("samples", "\(job.samples)")
        card.add("loss", job.loss.map(Number.loss))
        for metric in job.sortedMetrics { card.add(metric.name, Number.metric(metric.name, metric.value)) }
        card.add("speed", job.samplesPerSecond.map { Number.rate($0) + " samples/s" })
        card.add("time left", job.etaSeconds.map(Time.clock))
        card.add("workers", "\(job.workers)")
        card.add("ranks", job.ranks.map(String.init))
        card.add("priority", job.priority == 0 ? nil : "\(job.priority)")
        let mayRestart = job.maxRestarts + job.restarts > 0
        card.add("restarts", mayRestart ? "\(job.restarts) of \(job.maxRestarts)" : nil)
        card.add("batch", "\(job.batchSize) samples in \(String.counted(job.shards, "shard"))")
        card.add("revisions", job.revisions.last.map { "\(job.revisions.count); the last: \(text($0))" })
        card.add("checkpoint", job.lastCheckpoint.map { "\($0.id) at step \($0.step)" })
        card.add("weights", job.weightsDigest?.printable)
        card.add("made", Time.ago(job.createdAt, now: now))
        card.add("started", job.startedAt.map { Time.ago($0, now: now) })
        card.add("ended", ended(job, now: now))
        return card.rendered(width: width, style: style)
    }

    private static func progress(_ job: JobStatus) -> String {
        "epoch \(job.epochText), step \(job.stepText) (\(Number.fixed((job.fraction * 100).rounded(.down), 0)) %)"
    }

    private static func text(_ revision: JobStatus.Revision) -> String {
        "\(revision.changes.joined(separator: ", ").printable) on branch \(revision.branch)"
    }

    private static func ended(_ job: JobStatus, now: Date) -> String? {
        guard let end = job.finishedAt else { return nil }
        guard let start = job.startedAt else { return Time.ago(end, now: now) }
        return "\(Time.ago(end, now: now)), after \(Time.clock(end.timeIntervalSince(start)))"
    }
}
