/// What checkpoints cost a job, as `nnd bench-checkpoint --training` prints it.
package struct StallResult: Codable, Sendable, Equatable {
    package var `case`: String
    package var workers: Int
    /// Of a checkpoint.
    package var bytes: Int
    /// How long training waited for a checkpoint: the median, and the longest.
    package var stallSecondsP50: Double
    package var stallSecondsMax: Double
    /// What a plain copy of as many bytes takes one thread.
    package var copySeconds: Double
    /// Medians of the rounds without checkpoints, and of those with one a second.
    package var stepsPerS: Double
    package var stepsPerSWithCheckpoints: Double
    /// How much slower that is, as a fraction: the median over the rounds, each beside the one before it.
    package var loss: Double

    init(
        case name: String, workers: Int, bytes: Int, stalls: [Double], copySeconds: Double,
        stepsPerS: [Double],
        stepsPerSWith: [Double]
    ) {
        (self.case, self.workers, self.bytes) = (name, workers, bytes)
        (stallSecondsP50, stallSecondsMax) = (median(stalls), stalls.max() ?? 0)
        self.copySeconds = copySeconds
        self.stepsPerS = median(stepsPerS)
        stepsPerSWithCheckpoints = median(stepsPerSWith)
        loss = median(zip(stepsPerS, stepsPerSWith).map { 1 - $1 / $0 })
    }

    /// A line for people.
    package var line: String {
        func milliseconds(_ seconds: Double) -> String { "\((seconds * 1e4).rounded() / 10) ms" }
        func rounded(_ value: Double) -> Double { (value * 10).rounded() / 10 }
        return """
            \(self.case) on \(workers) workers, \(bytes) bytes a checkpoint: held up \
            \(milliseconds(stallSecondsP50)) (p50), \(milliseconds(stallSecondsMax)) (longest); a copy takes \
            \(milliseconds(copySeconds)). \(rounded(stepsPerS)) steps/s without checkpoints, \
            \(rounded(stepsPerSWithCheckpoints)) with one a second: \(rounded(100 * loss)) % less.
            """
    }
}
