/// Samples a second over the last few seconds.
struct Throughput {
    private var marks: [(time: ContinuousClock.Instant, samples: Int)] = []
    private static let window = Duration.seconds(5)

    /// Notes that `samples` have been used by `time`. Times do not decrease.
    mutating func note(samples: Int, at time: ContinuousClock.Instant) {
        marks.append((time, samples))
        let old = marks.prefix { time - $0.time > Throughput.window }.count
        // One mark from before the window stays, so that a slow job still has a speed.
        if old > 1 { marks.removeFirst(old - 1) }
    }

    /// Forgets everything: what comes next is not comparable with what was.
    mutating func reset() { marks = [] }

    var samplesPerSecond: Double? {
        guard let first = marks.first, let last = marks.last, last.time > first.time else { return nil }
        return Double(last.samples - first.samples) / ((last.time - first.time) / .seconds(1))
    }
}
