package import Control

/// The one line that `nnctl follow` redraws on a terminal.
package enum ProgressLine {
    private static let barWidth = 11

    private struct Part {
        var text: String
        /// Characters, without the colours around them.
        var length: Int
        var weight: Weight

        init(_ text: String, length: Int? = nil, _ weight: Weight) {
            (self.text, self.length, self.weight) = (text, length ?? text.count, weight)
        }
    }

    /// How much a part is worth; the lightest is left out first.
    private enum Weight: Int {
        case bar, workers, accuracy, validationAccuracy, loss, step, rate, eta, place
    }

    /// Leaves out the parts of least weight until the line has fewer characters than `width`, so that a
    /// terminal does not wrap it.
    package static func rendered(_ job: JobStatus, width: Int, style: Style) -> String {
        var parts = parts(job, style)
        while !parts.isEmpty, parts.reduce(parts.count - 1, { $0 + $1.length }) >= width {
            let lightest = parts.indices.min { parts[$0].weight.rawValue < parts[$1].weight.rawValue }
            if let lightest { parts.remove(at: lightest) }
        }
        return parts.map(\.text).joined(separator: " ")
    }

    /// Everything that there is to show, from left to right.
    private static func parts(_ job: JobStatus, _ style: Style) -> [Part] {
        guard job.state == .running else {
            let text = "job \(job.title) is \(job.state.rawValue)"
            let reason = (job.held ? job.reason : nil).map { [Part("(\($0.printable))", .step)] } ?? []
            return [Part(style.paint(text, job.state.color), length: text.count, .place)] + reason
        }
        var parts = [
            Part("epoch \(job.epochText)", .place),
            Part(ProgressBar.rendered(job.fraction, width: barWidth, style: style), length: barWidth, .bar),
            Part("step \(job.stepText)", .step),
        ]
        if let loss = job.loss { parts.append(Part("loss \(Number.loss(loss))", .loss)) }
        let metrics = [
            ("accuracy", "acc", Weight.accuracy), ("val_accuracy", "val_acc", .validationAccuracy),
        ]
        for (name, label, weight) in metrics {
            guard let value = job.metrics[name] else { continue }
            parts.append(Part("\(label) \(Number.metric(name, value))", weight))
        }
        if let rate = job.samplesPerSecond { parts.append(Part("\(Number.rate(rate)) samples/s", .rate)) }
        if let eta = job.etaSeconds { parts.append(Part("ETA \(Time.clock(eta))", .eta)) }
        parts.append(Part(String.counted(job.workers, "worker"), .workers))
        return parts
    }
}
