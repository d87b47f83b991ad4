package import Charts
package import Parallel

/// How well some weights do on some images.
package struct Measure: Sendable, Equatable {
    package var samples: Int
    package var loss: Double
    package var accuracy: Double

    package init(samples: Int, loss: Double, accuracy: Double) {
        self.samples = samples
        self.loss = loss
        self.accuracy = accuracy
    }
}

/// How well the weights after some steps do, without dropout and with batch norm's running averages.
package struct Score: Sendable, Equatable {
    package var step: Int
    package var train: Measure
    package var test: Measure
    /// The L2 norm of all parameters.
    package var weightNorm: Double

    package init(step: Int, train: Measure, test: Measure, weightNorm: Double) {
        self.step = step
        self.train = train
        self.test = test
        self.weightNorm = weightNorm
    }
}

/// A net's training from its first step to its last.
package struct Run: Sendable {
    package let name: String
    /// In the order of the steps; at least one.
    package let scores: [Score]
    package let outcome: TrainingOutcome

    package init(name: String, scores: [Score], outcome: TrainingOutcome) {
        self.name = name
        self.scores = scores
        self.outcome = outcome
    }

    /// The score at the end.
    package var last: Score { scores[scores.count - 1] }

    /// The points of one of the curves.
    package func points(_ value: (Score) -> Double) -> [Chart.Point] {
        scores.map { Chart.Point(Double($0.step), value($0)) }
    }

    /// The first scored step with a training loss below `loss`; nil when there is none.
    package func stepsToReach(loss: Double) -> Int? {
        scores.first { $0.train.loss < loss }?.step
    }
}
