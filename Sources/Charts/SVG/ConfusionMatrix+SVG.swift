import Foundation

extension ConfusionMatrix {
    /// The matrix as cells that are the darker the more of their row they hold, with precision, recall and F1 beside each row.
    ///
    /// - Parameter title: Above it.
    /// - Returns: A picture that is as large as the number of classes asks for; of many classes the cells have no numbers.
    package func picture(title: String) -> Picture { MatrixDrawing(self, title: title).picture }
}

private struct MatrixDrawing {
    let matrix: ConfusionMatrix
    let title: String
    private let cell: Double
    private let left: Double
    private let top = 84.0
    /// Every so many classes are named, so that names do not lie on one another.
    private let step: Int
    private let names: [String]
    private var count: Int { matrix.counts.count }
    private var side: Double { cell * Double(count) }

    init(_ matrix: ConfusionMatrix, title: String) {
        self.matrix = matrix
        self.title = title
        cell = min(46, max(7, (520 / Double(matrix.counts.count)).rounded(.down)))
        step = max(1, Int((14 / cell).rounded(.up)))
        names = matrix.names.map { $0.fitted(to: 140) }
        left = 46 + (names.map(\.pictureWidth).max() ?? 0)
    }

    var picture: Picture {
        var canvas = Canvas()
        let width = Int(max(left + side + 190, 360))
        canvas.title(title, width: width)
        canvas.text("predicted", x: left + side / 2, y: 60, classes: "ink heading", anchor: .middle)
        canvas.text("label", x: 20, y: top + side / 2, classes: "ink heading", anchor: .middle, rotated: true)
        drawCells(on: &canvas)
        let lowest = drawColumnNames(on: &canvas)
        drawScores(on: &canvas)
        return Picture(canvas, title: title, width: width, height: Int(lowest + 20))
    }

    private func drawCells(on canvas: inout Canvas) {
        for row in 0..<count {
            for column in 0..<count where matrix.counts[row][column] > 0 {
                let (x, y) = (left + Double(column) * cell, top + Double(row) * cell)
                let share = matrix.share(row, column)
                canvas.add(
                    "rect",
                    ["class": "shade", "fill-opacity": String(format: "%.2f", 0.06 + 0.94 * share)],
                    Canvas.rectangle(x: x, y: y, width: cell, height: cell))
                let text = "\(matrix.counts[row][column])"
                guard text.pictureWidth <= cell - 2 else { continue }
                canvas.text(
                    text, x: x + cell / 2, y: y + cell / 2 + 4, classes: share > 0.5 ? "onshade" : "ink",
                    anchor: .middle)
            }
        }
        let frame = Canvas.rectangle(x: left, y: top, width: side, height: side)
        canvas.add("rect", ["class": "frame"], frame)
    }

    /// - Returns: How far down they reach.
    private func drawColumnNames(on canvas: inout Canvas) -> Double {
        let longest = names.map(\.pictureWidth).max() ?? 0
        let isUpright = longest <= cell * Double(step) - 4
        for index in stride(from: 0, to: count, by: step) {
            let x = left + (Double(index) + 0.5) * cell
            if isUpright {
                canvas.text(names[index], x: x, y: top + side + 16, classes: "faint", anchor: .middle)
            } else {
                canvas.text(
                    names[index], x: x + 4, y: top + side + 10, classes: "faint", anchor: .end, rotated: true)
            }
        }
        return top + side + (isUpright ? 16 : longest + 12)
    }

    private func drawScores(on canvas: inout Canvas) {
        let x = [50.0, 105, 160].map { left + side + $0 }
        for (place, title) in zip(x, ["precision", "recall", "F1"]) {
            canvas.text(title, x: place, y: top - 8, classes: "faint", anchor: .end)
        }
        for index in stride(from: 0, to: count, by: step) {
            let y = top + (Double(index) + 0.5) * cell + 4
            canvas.text(names[index], x: left - 8, y: y, classes: "faint", anchor: .end)
            let scores = [matrix.precision(index), matrix.recall(index), matrix.f1(index)]
            for (place, score) in zip(x, scores) {
                canvas.text(
                    score.map { String(format: "%.3f", $0) } ?? "–", x: place, y: y, classes: "ink",
                    anchor: .end)
            }
        }
    }
}
