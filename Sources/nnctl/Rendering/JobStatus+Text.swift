import Control

extension JobStatus {
    /// `7 (fashion-mlp)`: what sentences call the job.
    var title: String { "\(id) (\(name.printable))" }

    /// `3/10`, or `3` when the job's length is given in steps.
    var epochText: String { totalEpochs.map { "\(epoch)/\($0)" } ?? "\(epoch)" }

    /// `4/10`: the epoch that a running job is in, counted from 1 as people count.
    var epochUnderWay: String {
        let next = totalEpochs.map { min(epoch + 1, max($0, 1)) } ?? epoch + 1
        return totalEpochs.map { "\(next)/\($0)" } ?? "\(next)"
    }

    var stepText: String { "\(step)/\(totalSteps)" }

    /// Steps passed, as a part of all, from 0 to 1.
    var fraction: Double {
        totalSteps > 0 ? min(max(Double(step) / Double(totalSteps), 0), 1) : 0
    }

    /// Metrics by name; a dictionary has no order of its own.
    var sortedMetrics: [(name: String, value: Double)] {
        metrics.sorted { $0.key < $1.key }.map { ($0.key.printable, $0.value) }
    }
}
