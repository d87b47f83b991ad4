import Testing
import nnd

@Suite("When a job that trains is worth a line in the log")
struct ProgressLogTests {
    @Test("once a minute, with the mean speed since the line before, however often anybody looks")
    func interval() {
        let start = ContinuousClock.now
        var log = ProgressLog(samples: 100, at: start)
        var lines: [(second: Int, speed: Double)] = []
        for second in 1...180 {
            // Ten samples a second for a minute and a half, and then none.
            let samples = 100 + 10 * min(second, 90)
            if let speed = log.speedIfDue(samples: samples, at: start + .seconds(second)) {
                lines.append((second, speed))
            }
        }
        #expect(lines.map(\.second) == [60, 120, 180])
        #expect(lines.map(\.speed) == [10, 5, 0])
    }

    @Test("the last line has the speed of the whole run")
    func end() {
        let start = ContinuousClock.now
        var log = ProgressLog(samples: 50, at: start)
        #expect(log.speedIfDue(samples: 100, at: start + .seconds(100)) == 0.5)
        #expect(log.overallSpeed(samples: 250, at: start + .seconds(160)) == 1.3)
        #expect(ProgressLog(samples: 0, at: start).overallSpeed(samples: 5, at: start) == 0)
    }
}
