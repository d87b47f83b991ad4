import Control
import Foundation
import Testing

@Suite("Dates on the wire")
struct WireDateTests {
    @Test(
        "known dates",
        arguments: [
            (0, "1970-01-01T00:00:00.000Z"), (951_782_400_000, "2000-02-29T00:00:00.000Z"),
            (1_770_000_000_007, "2026-02-02T02:40:00.007Z"), (4_102_444_799_999, "2099-12-31T23:59:59.999Z"),
        ])
    func known(milliseconds: Int, text: String) {
        let date = Date(timeIntervalSince1970: Double(milliseconds) / 1000)
        #expect(WireDate.string(date) == text)
        #expect(WireDate.date(text) == date)
    }

    @Test("no millisecond is lost to binary fractions")
    func everyMillisecond() {
        for milliseconds in 1_770_000_000_000..<1_770_000_001_000 {
            let date = Date(timeIntervalSince1970: Double(milliseconds) / 1000)
            #expect(WireDate.date(WireDate.string(date)) == date)
            #expect(WireDate.string(date).hasSuffix(String(String(milliseconds).suffix(3)) + "Z"))
        }
    }

    @Test("every fourth month from before 1600 to 9999 is as Foundation writes it")
    func calendar() {
        let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
        for day in stride(from: -136_000, through: 2_932_896, by: 121) {
            let date = Date(
                timeIntervalSince1970: Double(day) * 86_400 + Double((day % 86_400 + 86_400) % 86_400))
            let text = style.format(date)
            #expect(WireDate.string(date) == text)
            #expect(WireDate.date(text) == date)
        }
        for text in ["2025-02-29T00:00:00.000Z", "2026-04-31T00:00:00.000Z", "2026-13-01T00:00:00.000Z"] {
            #expect(WireDate.date(text) == (try? style.parse(text)))
        }
    }

    @Test("the nearest millisecond is taken")
    func rounding() {
        #expect(WireDate.string(Date(timeIntervalSince1970: 1.9996)) == "1970-01-01T00:00:02.000Z")
        #expect(WireDate.string(Date(timeIntervalSince1970: 1.2344)) == "1970-01-01T00:00:01.234Z")
    }

    @Test("what is no date is refused", arguments: ["", "yesterday", "2026-02-02 02:40", "2026-02-02"])
    func refused(text: String) {
        #expect(WireDate.date(text) == nil)
    }
}
