package import Control

/// One measurement, as `--json` prints it.
package struct BenchResult: Codable, Sendable, Equatable {
    /// The case, or the name of the job.
    package var `case`: String
    package var workers: Int
    package var shards: Int
    package var batchSize: Int
    /// In the fastest third.
    package var samplesPerS: Double
    package var samplesPerSMedian: Double
    package var stepUsP50: Double
    package var stepUsP99: Double
    /// Null when it is not wanted or cannot be told; so are the next two.
    @ExplicitNull package var limitSamplesPerS: Double?
    @ExplicitNull package var limitBasis: StepLimit.Basis?
    @ExplicitNull package var fractionOfLimit: Double?

    package init(
        case name: String, workers: Int, shards: Int, batchSize: Int, _ measurement: StepMeasurement,
        limit: StepLimit?
    ) {
        self.case = name
        self.workers = workers
        self.shards = shards
        self.batchSize = batchSize
        samplesPerS = (measurement.samplesPerSecond * 10).rounded() / 10
        samplesPerSMedian = (measurement.medianSamplesPerSecond * 10).rounded() / 10
        stepUsP50 = BenchResult.microseconds(measurement.stepMedian)
        stepUsP99 = BenchResult.microseconds(measurement.stepP99)
        limitSamplesPerS = limit.map { ($0.samplesPerSecond * 10).rounded() / 10 }
        limitBasis = limit?.basis
        fractionOfLimit = limit.map {
            (measurement.samplesPerSecond / $0.samplesPerSecond * 1e4).rounded() / 1e4
        }
    }

    private static func microseconds(_ duration: Duration) -> Double {
        (duration / .microseconds(1) * 10).rounded() / 10
    }
}
