package import Control

/// What `nnctl predict JOB` shows, line by line as it comes.
package struct PredictionTable {
    private var count = 0

    package init() {}

    /// The lines for the next prediction, before the first of them the titles.
    package mutating func lines(for prediction: Prediction, width: Int?) -> String {
        defer { count += 1 }
        let cells = Self.cells(of: prediction)
        let sample = "\(count)".padded(to: 6, .right)
        let line = ([sample] + cells.map(\.text) + [prediction.file?.printable].compactMap(\.self))
        var text = line.joined(separator: "  ")
        if count == 0 {
            let titles = ["SAMPLE"] + cells.map(\.title) + (prediction.file == nil ? [] : ["FILE"])
            text = titles.joined(separator: "  ") + "\n" + text
        }
        guard let width else { return text + "\n" }
        let cut = text.split(separator: "\n").map { String($0).truncated(to: width) }
        return cut.joined(separator: "\n") + "\n"
    }

    private static func cells(of prediction: Prediction) -> [(title: String, text: String)] {
        if let classes = prediction.classes {
            return [("CLASSES", classes.map { $0.map { "\($0)" } ?? "-" }.joined(separator: " "))]
        }
        if let values = prediction.values {
            return [("VALUES", values.map(Number.loss).joined(separator: "  "))]
        }
        guard let probabilities = prediction.probabilities else { return [("", "(see --json)")] }
        guard prediction.hasClass else {
            return [("PROBABILITIES", probabilities.map { Number.fixed($0, 3) }.joined(separator: "  "))]
        }
        let label = prediction.class.map { "\($0)" } ?? "-"
        let chosen = prediction.class.flatMap { probabilities.indices.contains($0) ? probabilities[$0] : nil }
        let probability = ("PROBABILITY", (chosen.map { Number.fixed($0, 3) } ?? "-").padded(to: 11, .right))
        guard let name = prediction.name else {
            return [("CLASS", label.padded(to: 5, .right)), probability]
        }
        return [("CLASS".padded(to: 16), name.printable.padded(to: 16)), probability]
    }
}
