package import Control

/// The one line that `nnctl follow` redraws on a terminal.
package enum ProgressLine {
    /// The bar takes what the others leave, up to this.
    private static let barWidths = 8...30

    private struct Part {
        var text: String
        /// Characters, without the colours around them.
        var length: Int
        var weight: Weight

        init(_ text: String, length: Int? = nil, _ weight: Weight) {
            (self.text, self.length, self.weight) = (text, length ?? text.count, weight)
        }
    }

    /// How much a part is worth; the heaviest find a place first.
    private enum Weight: Int {
        case other, validationLoss, step, workers, accuracy, validationAccuracy, rate, bar, loss, eta, place
    }

    /// Has the parts of most weight that together have fewer characters than `width`, so that a terminal does not
    /// wrap the line.
    package static func rendered(_ job: JobStatus, width: Int, style: Style) -> String {
        let parts = parts(job)
        var (shown, room) = (Set<Int>(), width)
        for index in parts.indices.sorted(by: { parts[$0].weight.rawValue > parts[$1].weight.rawValue })
        where parts[index].length < room {
            shown.insert(index)
            room -= parts[index].length + 1
        }
        return parts.indices.filter(shown.contains).map { index in
            guard parts[index].weight == .bar else { return style.paint(parts[index].text, color(job)) }
            let width = min(barWidths.lowerBound + max(0, room - 1), barWidths.upperBound)
            return "\(parts[index].text) \(ProgressBar.rendered(job.fraction, width: width, style: style))"
        }.joined(separator: " ")
    }

    /// Everything that there is to show, from left to right.
    private static func parts(_ job: JobStatus) -> [Part] {
        guard job.state == .running else {
            let reason = (job.held ? job.reason : nil).map { [Part("(\($0.printable))", .step)] } ?? []
            return [Part("job \(job.title) is \(job.state.rawValue)", .place)] + reason
        }
        let percent = "\(Number.fixed((job.fraction * 100).rounded(.down), 0))%"
        var parts = [
            Part("epoch \(job.epochUnderWay)", .place),
            Part(percent, length: percent.count + 1 + barWidths.lowerBound, .bar),
            Part("step \(job.stepText)", .step),
        ]
        if let loss = job.loss { parts.append(Part("loss \(Number.loss(loss))", .loss)) }
        let known = [
            ("accuracy", "acc", Weight.accuracy), ("val_loss", "val_loss", .validationLoss),
            ("val_accuracy", "val_acc", .validationAccuracy),
        ]
        for (name, label, weight) in known {
            guard let value = job.metrics[name] else { continue }
            parts.append(Part("\(label) \(Number.metric(name, value))", weight))
        }
        for (name, value) in job.sortedMetrics
        where !known.contains(where: { $0.0 == name }) && name != "loss" {
            parts.append(Part("\(name) \(Number.metric(name, value))", .other))
        }
        if let rate = job.samplesPerSecond { parts.append(Part("\(Number.rate(rate)) samples/s", .rate)) }
        if let eta = job.etaSeconds { parts.append(Part("ETA \(Time.clock(eta))", .eta)) }
        parts.append(Part(String.counted(job.workers, "worker"), .workers))
        return parts
    }

    /// Progress has no colour of its own; a job that does not run has that of its state.
    private static func color(_ job: JobStatus) -> Style.Color? {
        job.state == .running ? nil : job.state.color
    }
}
