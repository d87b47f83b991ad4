import Control
import Foundation

/// The jobs of `nnctl top`: the titles and a line a job, the selected one in reverse.
enum TopTable {
    private static let barWidth = 10
    private static let columns: [Table.Column] = [
        .init(title: "PROGRESS", rank: 4),
        .init(title: "EPOCH", alignment: .right, rank: 7),
        .init(title: "LOSS", alignment: .right, rank: 1),
        .init(title: "VALIDATION", alignment: .right, rank: 3),
        .init(title: "SAMPLES/S", alignment: .right, rank: 6),
        .init(title: "ETA/AGE", alignment: .right, rank: 2),
        .init(title: "WORKERS", alignment: .right, rank: 5),
    ]

    static func rendered(
        _ jobs: [JobStatus], selected: Int?, now: Date, width: Int, style: Style
    ) -> [String] {
        var table = Table([Table.Column.id, .name(of: jobs, width: width), .state(width: width)] + columns)
        // Without colours a mark says which line is meant, for which there is then a place.
        let margin = style.isColored ? "" : " "
        for job in jobs { table.append(row(job, margin, now: now)) }
        var lines = lines(table, width, style)
        guard let index = jobs.firstIndex(where: { $0.id == selected }), index + 1 < lines.count else {
            return lines
        }
        let plain = self.lines(table, width, .plain)[index + 1]
        lines[index + 1] =
            style.isColored
            ? style.paint(plain.truncated(to: width).padded(to: width), .reverse) : marked(plain)
        return lines
    }

    private static func lines(_ table: Table, _ width: Int, _ style: Style) -> [String] {
        table.rendered(width: width, style: style).split(separator: "\n").map(String.init)
    }

    private static func marked(_ line: String) -> String { ">" + line.dropFirst() }

    private static func row(_ job: JobStatus, _ margin: String, now: Date) -> [Table.Cell] {
        let percent = "\(Number.fixed((job.fraction * 100).rounded(.down), 0))%".padded(to: 4, .right)
        let bar = ProgressBar.rendered(job.fraction, width: barWidth, style: .plain)
        let age =
            job.state == .running
            ? job.etaSeconds.map(Time.clock) ?? "-" : Time.ago(job.finishedAt ?? job.createdAt, now: now)
        return [
            .init("\(margin)\(job.id)"), .init(job.name.printable),
            .init(job.state.rawValue, job.state.color),
            .init("\(bar) \(percent)"), .init(job.epochText), .init(job.loss.map(Number.loss) ?? "-"),
            .init(validation(job) ?? "-"), .init(job.samplesPerSecond.map(Number.rate) ?? "-"), .init(age),
            .init("\(job.workers)"),
        ]
    }

    /// Of what is measured on validation data the accuracy or, where there is none, another metric or the loss.
    private static func validation(_ job: JobStatus) -> String? {
        let values = job.sortedMetrics.filter { $0.name.hasPrefix("val_") }
        let shown =
            values.first { $0.name == "val_accuracy" } ?? values.first { $0.name != "val_loss" }
            ?? values.first
        return shown.map { Number.metric($0.name, $0.value) }
    }
}
