package import Control
package import Foundation

/// What `nnctl status` shows: a line a job.
package enum JobTable {
    private static let columns: [Table.Column] = [
        .init(title: "ID", alignment: .right),
        .init(title: "NAME", minimum: 8),
        .init(title: "STATE"),
        .init(title: "EPOCH", alignment: .right, rank: 2),
        .init(title: "STEP", alignment: .right, rank: 1),
        .init(title: "LOSS", alignment: .right, rank: 4),
        .init(title: "ACC", alignment: .right, rank: 5),
        .init(title: "SAMPLES/S", alignment: .right, rank: 6),
        .init(title: "ETA/AGE", alignment: .right, rank: 3),
    ]

    package static func rendered(_ jobs: [JobStatus], now: Date, width: Int?, style: Style) -> String {
        var table = Table(columns)
        for job in jobs { table.append(row(job, now: now)) }
        return table.rendered(width: width, style: style)
    }

    private static func row(_ job: JobStatus, now: Date) -> [Table.Cell] {
        [
            .init("\(job.id)"), .init(job.name.printable), .init(job.state.rawValue, job.state.color),
            .init(job.epochText), .init(job.stepText), .init(job.loss.map(Number.loss) ?? "-"),
            .init(job.metrics["accuracy"].map { Number.metric("accuracy", $0) } ?? "-"),
            .init(job.samplesPerSecond.map(Number.rate) ?? "-"), .init(etaOrAge(job, now: now)),
        ]
    }

    /// How long a running job will take, else how long ago it ended or was made.
    private static func etaOrAge(_ job: JobStatus, now: Date) -> String {
        if job.state == .running { return job.etaSeconds.map(Time.clock) ?? "-" }
        return Time.ago(job.finishedAt ?? job.createdAt, now: now)
    }
}
