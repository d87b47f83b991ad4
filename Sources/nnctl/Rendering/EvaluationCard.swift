package import Control

/// What `nnctl evaluate JOB` shows.
package enum EvaluationCard {
    package static func rendered(_ evaluation: Evaluation, width: Int?, style: Style) -> String {
        let samples = evaluation.file?.printable ?? "its \(evaluation.data.rawValue) data"
        var card = Card("job \(evaluation.job) on \(samples)")
        card.add("samples", "\(evaluation.samples)")
        card.add("loss", Number.loss(evaluation.loss))
        for (name, value) in evaluation.metrics.sorted(by: { $0.key < $1.key }) {
            card.add(name.printable, Number.metric(name, value))
        }
        card.add("checkpoint", "\(evaluation.checkpoint.id) at step \(evaluation.checkpoint.step)")
        card.add("weights", evaluation.weightsDigest.printable)
        let matrix = evaluation.confusionMatrix.map { table($0).rendered(width: nil, style: style) }
        return card.rendered(width: width, style: style) + (matrix.map { "\n" + $0 } ?? "")
    }

    /// A line a class, a column a prediction; never cut, since a class left out would be a wrong table.
    private static func table(_ matrix: [[Int]]) -> Table {
        var table = Table(
            [.init(title: "LABEL", alignment: .right)]
                + matrix.indices.map { .init(title: "AS \($0)", alignment: .right) })
        for (label, row) in matrix.enumerated() {
            table.append([.init("\(label)")] + row.map { .init("\($0)") })
        }
        return table
    }
}
