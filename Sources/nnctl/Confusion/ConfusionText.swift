package import Charts
package import Control

/// What `nnctl confusion JOB` shows: the matrix as shaded cells, and each class's scores.
package enum ConfusionText {
    package static func rendered(
        _ evaluation: Evaluation, _ matrix: ConfusionMatrix, width: Int?, style: Style
    ) -> String {
        let title =
            "job \(evaluation.job) on its \(evaluation.data.rawValue) data, checkpoint \(evaluation.checkpoint.id)"
        let accuracy = matrix.accuracy.map { ", accuracy \(Number.fixed($0, 3))" } ?? ""
        let heading = (title + accuracy).wrapped(to: width ?? .max).map { style.paint($0, .bold) + "\n" }
            .joined()
        return heading + "\n" + cells(matrix, width: width, style: style) + "\n"
            + scores(matrix, width, style)
    }

    /// Digits in cells whose shade says how much of the row they hold: steps of the 256 colours, and without colours one of Unicode's
    /// block elements behind the number. Where the terminal is too narrow for numbers there are shades alone, and
    /// of too many classes for that the most frequent mistakes.
    private static func cells(_ matrix: ConfusionMatrix, width: Int?, style: Style) -> String {
        let count = matrix.counts.count
        let labels = min(16, matrix.names.reduce(5) { max($0, $1.printable.count) })
        let digits = matrix.counts.joined().reduce(0) { max($0, "\($1)".count) }
        let longest = matrix.names.reduce(0) { max($0, min(6, $1.printable.count)) }
        let room = (width ?? .max) - labels - 1
        // Without colours a block stands behind each number.
        let wide = max(digits + 1, longest) + 1
        guard count * 2 <= room else { return mistakes(matrix, width, style) }
        let cell = count * wide <= room ? wide : 2
        let hasNumbers = cell == wide
        // Narrow cells have a name above every second one, unless it is short.
        let step = longest < cell ? 1 : 2
        let titles = stride(from: 0, to: count, by: step).map { index in
            matrix.names[index].printable.truncated(to: cell * step - 1).padded(to: cell * step - 1, .right)
        }
        let header = "label".padded(to: labels) + " " + titles.joined(separator: " ")
        let lines = matrix.counts.indices.map { row in
            let name = matrix.names[row].printable.truncated(to: labels).padded(to: labels)
            return name + " "
                + matrix.counts[row].indices.map { column in
                    let number = matrix.counts[row][column]
                    let text = hasNumbers && number > 0 ? "\(number)" : ""
                    return style.shaded(text, width: cell, matrix.share(row, column))
                }.joined()
        }
        let hint = "predicted".padded(to: min(room, labels + 1 + count * cell), .right)
        return ([style.paint(hint, .dim), style.paint(header, .bold)] + lines).map { $0.trimmedEnd + "\n" }
            .joined()
    }

    private static func mistakes(_ matrix: ConfusionMatrix, _ width: Int?, _ style: Style) -> String {
        let all = matrix.counts.enumerated().flatMap { row, counts in
            counts.enumerated().compactMap { column, number in
                row == column || number == 0 ? nil : (row: row, column: column, number: number)
            }
        }
        var table = Table([
            .init(title: "LABEL", minimum: 6), .init(title: "TAKEN FOR", minimum: 6),
            .init(title: "SAMPLES", alignment: .right),
        ])
        for mistake in all.sorted(by: { ($1.number, $0.row, $0.column) < ($0.number, $1.row, $1.column) })
            .prefix(20)
        {
            table.append([
                .init(matrix.names[mistake.row].printable), .init(matrix.names[mistake.column].printable),
                .init("\(mistake.number)"),
            ])
        }
        return table.rendered(width: width, style: style)
    }

    private static func scores(_ matrix: ConfusionMatrix, _ width: Int?, _ style: Style) -> String {
        var table = Table([
            .init(title: "CLASS", minimum: 5), .init(title: "PRECISION", alignment: .right, rank: 1),
            .init(title: "RECALL", alignment: .right), .init(title: "F1", alignment: .right),
            .init(title: "SAMPLES", alignment: .right, rank: 2),
        ])
        for index in matrix.counts.indices {
            let scores = [matrix.precision(index), matrix.recall(index), matrix.f1(index)]
            table.append(
                [.init(matrix.names[index].printable)]
                    + scores.map { .init($0.map { Number.fixed($0, 3) } ?? "-") }
                    + [.init("\(matrix.support(index))")])
        }
        return table.rendered(width: width, style: style)
    }
}

extension String {
    /// Without blanks at the end.
    fileprivate var trimmedEnd: String {
        var text = self
        while text.hasSuffix(" ") { text.removeLast() }
        return text
    }
}

extension Style {
    /// A text to the right of a cell that is the darker, or the fuller, the nearer `share` is to 1.
    fileprivate func shaded(_ text: String, width: Int, _ share: Double) -> String {
        guard isColored else {
            let block = share == 0 ? " " : share < 0.25 ? "░" : share < 0.5 ? "▒" : share < 0.75 ? "▓" : "█"
            // Where cells have no numbers the blocks are all there is.
            if width < 3 { return String(repeating: block, count: width) }
            return text.padded(to: width - 2, .right) + block + " "
        }
        let text = text.padded(to: width - (text.isEmpty || width < 3 ? 0 : 1), .right)
        guard share > 0 else { return text.padded(to: width) }
        // Blues of the 6 x 6 x 6 cube from dark to bright, numbers in white and on bright ones in black.
        let shades = [17, 18, 19, 25, 31, 37, 43, 49]
        let index = min(shades.count - 1, Int(share * Double(shades.count)))
        return "\u{1B}[48;5;\(shades[index]);38;5;\(index > 4 ? 16 : 231)m\(text.padded(to: width))\u{1B}[0m"
    }
}
