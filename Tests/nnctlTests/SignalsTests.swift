import Glibc
import Testing
import nnctl

@Suite("Signals as events")
struct SignalsTests {
    @Test(
        "one that comes as soon as it is waited for is not lost, also when it has been given its effect back before",
        .timeLimit(.minutes(1)))
    func first() async {
        for _ in 0..<2 {
            let (numbers, continuation) = AsyncStream.makeStream(of: Int32.self)
            // Nothing else uses it, and it does nothing by itself.
            let signals = Signals([SIGURG]) { continuation.yield($0) }
            kill(getpid(), SIGURG)
            for await number in numbers {
                #expect(number == SIGURG)
                break
            }
            signals.restore()
        }
    }
}
