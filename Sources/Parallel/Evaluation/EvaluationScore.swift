import NN

/// What some chunks of a data set came to.
struct EvaluationScore: Sendable {
    var tally: Tally
    /// What the metrics are made of; nil where nothing was scored.
    var metrics: MetricTally?

    static func += (a: inout EvaluationScore, b: EvaluationScore) {
        a.tally += b.tally
        guard let more = b.metrics else { return }
        if a.metrics == nil { a.metrics = more } else { a.metrics? += more }
    }
}
