package import Control
package import Foundation

/// What `nnctl status` shows: a line a job.
package enum JobTable {
    /// Only where there are priorities.
    private static let priority = Table.Column(title: "PRIO", alignment: .right, rank: 7)
    /// Only where jobs are of several users.
    private static let owner = Table.Column(title: "OWNER", rank: 2, minimum: 5)
    private static let rest: [Table.Column] = [
        .init(title: "EPOCH", alignment: .right, rank: 1),
        .init(title: "STEP", alignment: .right, rank: 8),
        .init(title: "LOSS", alignment: .right, rank: 4),
        .init(title: "ACC", alignment: .right, rank: 5),
        .init(title: "SAMPLES/S", alignment: .right, rank: 6),
        .init(title: "ETA/AGE", alignment: .right, rank: 3),
    ]

    package static func rendered(_ jobs: [JobStatus], now: Date, width: Int?, style: Style) -> String {
        let hasPriorities = jobs.contains { $0.priority != 0 }
        let hasOwners = Set(jobs.map(\.owner?.uid)).count > 1
        let first = [Table.Column.id, .name(of: jobs, width: width), .state(width: width)]
        var table = Table(
            first + (hasOwners ? [owner] : []) + (hasPriorities ? [priority] : []) + rest)
        for job in jobs { table.append(row(job, hasOwners, hasPriorities, now: now)) }
        return table.rendered(width: width, style: style)
    }

    private static func row(
        _ job: JobStatus, _ hasOwners: Bool, _ hasPriorities: Bool, now: Date
    ) -> [Table.Cell] {
        let first: [Table.Cell] = [
            .init("\(job.id)"), .init(job.name.printable), .init(job.state.rawValue, job.state.color),
        ]
        let rest: [Table.Cell] = [
            .init(job.epochText), .init(job.stepText), .init(job.loss.map(Number.loss) ?? "-"),
            .init(job.metrics["accuracy"].map { Number.metric("accuracy", $0) } ?? "-"),
            .init(job.samplesPerSecond.map(Number.rate) ?? "-"), .init(etaOrAge(job, now: now)),
        ]
        let owner: [Table.Cell] = hasOwners ? [.init(job.owner?.text ?? "-")] : []
        return first + owner + (hasPriorities ? [.init("\(job.priority)")] : []) + rest
    }

    /// How long a running job will take, else how long ago it ended or was made.
    private static func etaOrAge(_ job: JobStatus, now: Date) -> String {
        if job.state == .running { return job.etaSeconds.map(Time.clock) ?? "-" }
        return Time.ago(job.finishedAt ?? job.createdAt, now: now)
    }
}

extension JobStatus.Owner {
    /// The name, or the number where there is none.
    var text: String { name?.printable ?? "\(uid)" }
}
