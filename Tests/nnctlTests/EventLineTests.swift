import Control
import Testing
import nnctl

@Suite("Lines of logs")
struct EventLineTests {
    private let event = JobEvent(
        id: 3, at: Samples.ago(190), kind: .state,
        message: "failed: the loss is not a finite number at step 12")

    @Test("on a terminal the age, elsewhere the time")
    func times() {
        #expect(
            EventLine.rendered(event, now: Samples.now, width: 100, style: .plain)
                == " 3m ago  state       failed: the loss is not a finite number at step 12")
        #expect(
            EventLine.rendered(event, now: Samples.now, width: nil, style: .plain)
                == "2026-02-02T02:36:50.000Z  state       failed: the loss is not a finite number at step 12")
        #expect(
            EventLine.rendered(event, now: Samples.now, width: 100, style: .colored)
                == "\u{1B}[2m 3m ago\u{1B}[0m  state       \u{1B}[31mfailed: the loss is not a finite number at step 12\u{1B}[0m"
        )
    }

    @Test("a long message goes on below itself, and nothing is wider than the terminal")
    func narrow() {
        let text = EventLine.rendered(event, now: Samples.now, width: 40, style: .plain)
        #expect(text == " 3m ago  failed: the loss is not a\n         finite number at step 12")
        for width in 17...120 {
            var long = event
            long.message = "checkpoint 12 at step 500; let go: \(String(repeating: "x", count: 90))"
            let lines = EventLine.rendered(long, now: Samples.now, width: width, style: .plain)
                .split(separator: "\n")
            #expect(lines.allSatisfy { $0.count <= width })
        }
    }
}
