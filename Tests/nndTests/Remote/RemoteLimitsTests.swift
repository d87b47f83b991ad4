import Testing
import nnd

@Suite("How long a trainer in another process may go without progress")
struct RemoteLimitsTests {
    @Test("follows from the length of its steps, and from how many samples it scores at a time")
    func patience() {
        let limits = RemoteLimits()
        #expect(limits.patience(medianStep: nil, batchSize: 10, scored: 0) == limits.first)
        #expect(limits.patience(medianStep: 0.01, batchSize: 10, scored: 0) == limits.silence)
        #expect(limits.patience(medianStep: 2, batchSize: 1000, scored: 1024) == .seconds(100))
        // 103 steps' worth of samples.
        #expect(limits.patience(medianStep: 0.5, batchSize: 10, scored: 1024) == .seconds(515))
        #expect(limits.patience(medianStep: 0.5, batchSize: 0, scored: 0) == limits.silence)
    }
}
