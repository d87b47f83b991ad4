package import Parallel

/// How fast a job's steps were.
package struct StepMeasurement: Sendable, Equatable {
    /// In the fastest third of the steps, which is what the peers' programs print.
    package let samplesPerSecond: Double
    /// In the median third.
    package let medianSamplesPerSecond: Double
    /// From the end of a step to the end of the next.
    package let stepMedian: Duration
    package let stepP99: Duration

    /// The fewest steps, one before the first that is measured included.
    package static let fewestMarks = 4

    /// Nil for fewer than `fewestMarks`, or for a clock that stood still.
    ///
    /// - Parameter marks: The ends of steps in order; the first one is where the measuring begins.
    package init?(_ marks: [StepTimes.Mark]) {
        guard marks.count >= StepMeasurement.fewestMarks else { return nil }
        let steps = marks.count - 1
        let rates = (0..<3).compactMap { third -> Double? in
            let (first, last) = (steps * third / 3, steps * (third + 1) / 3)
            let samples = marks[(first + 1)...last].reduce(0) { $0 + $1.samples }
            let seconds = (marks[last].time - marks[first].time) / .seconds(1)
            return seconds > 0 ? Double(samples) / seconds : nil
        }.sorted()
        guard rates.count == 3 else { return nil }
        (medianSamplesPerSecond, samplesPerSecond) = (rates[1], rates[2])
        let times = zip(marks.dropFirst(), marks).map { $0.time - $1.time }.sorted()
        // The nearest rank.
        stepMedian = times[(steps + 1) / 2 - 1]
        stepP99 = times[(steps * 99 + 99) / 100 - 1]
    }
}
