import Parallel
import Testing
import nnd

@Suite("From the ends of steps to figures")
struct StepMeasurementTests {
    /// Ends of steps that last so many milliseconds each, of 10 samples.
    private func marks(_ milliseconds: [Int]) -> [StepTimes.Mark] {
        var time = ContinuousClock.now
        return [StepTimes.Mark(time: time, samples: 10)]
            + milliseconds.map { length in
                time += .milliseconds(length)
                return StepTimes.Mark(time: time, samples: 10)
            }
    }

    @Test("the fastest and the middle third, and the nearest ranks")
    func figures() throws {
        // Thirds of 20, 40 and 30 ms for 4 steps each.
        let steps = [5, 5, 5, 5, 10, 10, 10, 10, 7, 7, 8, 8]
        let measurement = try #require(StepMeasurement(marks(steps)))
        #expect(abs(measurement.samplesPerSecond - 2000) < 1e-6)
        #expect(abs(measurement.medianSamplesPerSecond - 40 / 0.030) < 1e-6)
        #expect(measurement.stepMedian == .milliseconds(7))
        #expect(measurement.stepP99 == .milliseconds(10))
        let many = try #require(StepMeasurement(marks(Array(1...200))))
        #expect(many.stepMedian == .milliseconds(100) && many.stepP99 == .milliseconds(198))
    }

    @Test("steps of unequal batches count with their samples")
    func samples() throws {
        let start = ContinuousClock.now
        let ends = [(0, 99), (10, 20), (20, 20), (30, 5)].map { milliseconds, samples in
            StepTimes.Mark(time: start + .milliseconds(milliseconds), samples: samples)
        }
        let measurement = try #require(StepMeasurement(ends))
        #expect(abs(measurement.samplesPerSecond - 2000) < 1e-6)
        #expect(abs(measurement.medianSamplesPerSecond - 2000) < 1e-6)
    }

    @Test("too few steps and a clock that stands still give no figure")
    func none() {
        #expect(StepMeasurement([]) == nil)
        #expect(StepMeasurement(marks([1, 1])) == nil)
        #expect(StepMeasurement(marks([1, 1, 1])) != nil)
        #expect(StepMeasurement(marks([0, 0, 0, 1, 1, 1])) == nil)
    }
}
