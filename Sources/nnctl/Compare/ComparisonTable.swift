import Control

/// What `nnctl compare` shows: a column a job, as many side by side as the terminal has room for and the others below.
package enum ComparisonTable {
    private static let largestCell = 28

    package static func rendered(_ comparison: JobComparison, width: Int?, style: Style) -> String {
        let rows = rows(of: comparison, largestCell: width == nil ? .max : largestCell)
        let labels = rows.reduce(0) { max($0, $1.label.count) }
        var blocks: [[Int]] = []
        var room = 0
        for index in comparison.jobs.indices {
            let needed = 2 + rows.reduce(0) { max($0, $1.cells[index].text.count) }
            if blocks.isEmpty || needed > room {
                blocks.append([])
                room = (width ?? .max) - min(labels, (width ?? .max) / 2)
            }
            blocks[blocks.count - 1].append(index)
            room -= needed
        }
        let tables = blocks.map { table(rows, $0).rendered(width: width, style: style) }
        let hasWinners = rows.contains { $0.cells.contains { $0.color == .green } }
        let note = hasWinners ? ["* the best of these jobs".truncated(to: width ?? .max) + "\n"] : []
        return (tables + note).joined(separator: "\n")
    }

    private struct Row {
        var label: String
        var cells: [Table.Cell]
    }

    private static func table(_ rows: [Row], _ jobs: [Int]) -> Table {
        let columns = [Table.Column(title: "JOB", minimum: 6)]
        var table = Table(
            columns
                + jobs.map { .init(title: rows[0].cells[$0].text, alignment: .right, minimum: 6) })
        for row in rows.dropFirst() { table.append([.init(row.label, .dim)] + jobs.map { row.cells[$0] }) }
        return table
    }

    /// The first one is the titles.
    private static func rows(of comparison: JobComparison, largestCell: Int) -> [Row] {
        let jobs = comparison.jobs
        func row(_ label: String, _ text: (JobComparison.Job) -> String?) -> Row {
            Row(label: label, cells: jobs.map { .init((text($0) ?? "-").shortened(to: largestCell)) })
        }
        let differences = comparison.differences.map { difference in
            Row(
                label: difference.key.printable,
                cells: difference.values.map { .init($0.shortText.printable.shortened(to: largestCell)) })
        }
        let metrics = comparison.metrics.flatMap { name in scores(name, comparison) }
        return [
            row("JOB") { $0.name.printable }, row("id") { "\($0.id)" }, row("state") { $0.state.rawValue },
        ]
            + differences
            + [row("step") { "\($0.step)/\($0.totalSteps)" }, row("time") { $0.seconds.map(Time.elapsed) }]
            + [row("workers") { "\($0.workers)" }] + metrics
            + [row("weights") { $0.weightsDigest.map { String($0.printable.prefix(12)) } }]
    }

    private static func scores(_ name: String, _ comparison: JobComparison) -> [Row] {
        let winners = comparison.winners(of: name)
        let scores = comparison.jobs.map { $0.metrics[name] }
        let last = scores.map { Table.Cell($0.map { Number.metric(name, $0.last) } ?? "-") }
        let best = scores.enumerated().map { index, score -> Table.Cell in
            guard let score else { return .init("-") }
            let text = "\(Number.metric(name, score.best)) at \(score.bestStep)"
            return winners.contains(index) ? .init("* " + text, .green) : .init(text)
        }
        return [Row(label: name.printable, cells: last), Row(label: "  best", cells: best)]
    }
}
