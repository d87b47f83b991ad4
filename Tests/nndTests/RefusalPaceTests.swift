import NIOCore
import Testing
import nnd

@Suite("The pace of refusals")
struct RefusalPaceTests {
    private let start = NIODeadline.uptimeNanoseconds(1_000_000_000_000)

    @Test("a burst is answered at once, and what follows a piece of a second later each")
    func burst() {
        let pace = RefusalPace(perSecond: 10, burst: 5, longest: .seconds(60))
        let delays = (0..<8).map { _ in pace.delay(at: start) }
        #expect(delays == [0, 0, 0, 0, 0, 100, 200, 300].map { .milliseconds($0) })
    }

    @Test("however many come, in a minute there are as many answers as the rate says, and the burst")
    func rate() {
        let pace = RefusalPace(perSecond: 10, burst: 5, longest: .hours(1))
        let delays = (0..<6000).map { index in
            TimeAmount.milliseconds(Int64(index) * 10)
                + pace.delay(at: start + .milliseconds(Int64(index) * 10))
        }
        #expect(delays.count { $0 <= .seconds(60) } == 60 * 10 + 5)
    }

    @Test("whoever comes back later finds a whole burst again")
    func rest() {
        let pace = RefusalPace(perSecond: 10, burst: 5, longest: .seconds(60))
        for _ in 0..<8 { _ = pace.delay(at: start) }
        let later = (0..<6).map { _ in pace.delay(at: start + .seconds(2)) }
        #expect(later == [0, 0, 0, 0, 0, 100].map { .milliseconds($0) })
    }

    @Test("nobody waits for longer than the longest, and those that would do not make others wait")
    func longest() {
        let pace = RefusalPace(perSecond: 10, burst: 1, longest: .seconds(1))
        for _ in 0..<1000 { #expect(pace.delay(at: start) <= .seconds(1)) }
        #expect(pace.delay(at: start + .seconds(2)) == .zero)
    }
}
