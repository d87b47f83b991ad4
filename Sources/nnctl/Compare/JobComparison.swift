package import Control
import Spec

/// Jobs beside one another: what `nnctl compare --json` prints.
package struct JobComparison: Encodable, Sendable {
    package struct Job: Encodable, Sendable {
        package var id: Int
        package var name: String
        package var state: JobState
        package var epoch: Int
        package var step: Int
        package var totalSteps: Int
        /// From its start until its end, or until now; null before it has run. Pauses count.
        @ExplicitNull package var seconds: Double?
        package var workers: Int
        @ExplicitNull package var weightsDigest: String?
        /// By name, `val_` for validation data.
        package var metrics: [String: Score]

        package init(_ job: JobStatus, seconds: Double?, metrics: [String: Score]) {
            (id, name, state, epoch) = (job.id, job.name, job.state, job.epoch)
            (step, totalSteps, workers) = (job.step, job.totalSteps, job.workers)
            (weightsDigest, self.metrics) = (job.weightsDigest, metrics)
            self.seconds = seconds
        }
    }

    package struct Score: Encodable, Sendable, Equatable {
        package var last: Double
        package var best: Double
        /// Steps passed when it was measured.
        package var bestStep: Int

        package init(last: Double, best: Double, bestStep: Int) {
            (self.last, self.best, self.bestStep) = (last, best, bestStep)
        }
    }

    package var jobs: [Job]
    /// The keys that are not the same in all specs, with a value for each job; names aside.
    package var differences: [SpecDifference]

    package init(jobs: [Job], differences: [SpecDifference]) {
        (self.jobs, self.differences) = (jobs, differences)
    }

    /// The metrics that any of the jobs has, in their order.
    var metrics: [String] { Set(jobs.flatMap(\.metrics.keys)).sorted() }

    /// The jobs whose best value of a metric is the best of all, unless all have it.
    func winners(of metric: String) -> Set<Int> {
        let scores = jobs.enumerated().compactMap { index, job in job.metrics[metric].map { (index, $0.best) }
        }
        let bests = scores.map(\.1).filter { !$0.isNaN }
        guard let best = MetricMode(usualFor: metric) == .min ? bests.min() : bests.max() else { return [] }
        let winners = Set(scores.filter { $0.1 == best }.map(\.0))
        return winners.count == jobs.count ? [] : winners
    }
}

extension JobComparison.Score {
    /// Of the points of one metric in order, the best being the first of equal ones; nil without any.
    package init?(_ points: [MetricPoint]) {
        guard let last = points.last else { return nil }
        let mode = MetricMode(usualFor: last.name)
        var best = last
        for point in points.reversed() where !point.value.isNaN {
            let isBetter = mode == .min ? point.value <= best.value : point.value >= best.value
            if best.value.isNaN || isBetter { best = point }
        }
        self.init(last: last.value, best: best.value, bestStep: best.step)
    }
}
