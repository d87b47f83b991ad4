package import Control

/// What `nnctl evaluate JOB` shows.
package enum EvaluationCard {
    package static func rendered(_ evaluation: Evaluation, width: Int?, style: Style) -> String {
        var card = Card("job \(evaluation.job) on its \(evaluation.data.rawValue) data")
        card.add("samples", "\(evaluation.samples)")
        card.add("loss", Number.loss(evaluation.loss))
        for (name, value) in evaluation.metrics.sorted(by: { $0.key < $1.key }) {
            card.add(name.printable, Number.metric(name, value))
        }
        card.add("checkpoint", "\(evaluation.checkpoint.id) at step \(evaluation.checkpoint.step)")
        card.add("weights", evaluation.weightsDigest.printable)
        return card.rendered(width: width, style: style)
    }
}
