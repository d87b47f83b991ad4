import Charts
import Control

/// A job's loss on training and on validation data, over the steps.
enum TopCurves {
    private static let kinds: [(name: String, label: String, color: Style.Color)] = [
        ("loss", "training", .cyan), ("val_loss", "validation", .yellow),
    ]

    /// Without points while they have not come.
    ///
    /// - Returns: A title and the plot, `height` lines in all.
    static func rendered(
        _ job: JobStatus, _ points: [MetricPoint]?, width: Int, height: Int, style: Style
    ) -> [String] {
        let curves = kinds.map { kind in (points ?? []).filter { $0.name == kind.name } }
        let shown = kinds.indices.filter { !curves[$0].isEmpty }
        let legend = shown.enumerated().map { place, index in
            // Where there are two, the plot has their letters on them.
            let letter = shown.count > 1 ? "\(BraillePlot.letter(place)) " : ""
            return style.paint(letter + kinds[index].label, kinds[index].color)
        }
        let title = style.paint("loss of job \(job.title)", .bold) + "  " + legend.joined(separator: ", ")
        guard !shown.isEmpty else {
            let nothing =
                job.state.isTerminal ? "nothing was measured" : "nothing has been measured yet"
            return [title + (points == nil ? "…" : nothing)] + Array(repeating: "", count: max(0, height - 1))
        }
        let series = shown.map { index in
            BraillePlot.Series(
                curves[index].map { Chart.Point(Double($0.step), $0.value) }, color: index)
        }
        let plot = BraillePlot(width: width, height: max(1, height - 1))
        return [title] + plot.lines(series) { style.paint($0, kinds[$1].color) }
    }
}
