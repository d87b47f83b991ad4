import Foundation
import Logging
import TestSupport
import Testing
import nnd

@Suite("A line of the log")
struct LogLineTests {
    private func line(
        _ message: String, _ metadata: Logger.Metadata = [:], level: Logger.Level = .notice
    ) -> LogLine {
        LogLine(
            time: Date(timeIntervalSince1970: 1_800_000_000.25), level: level, message: message,
            metadata: metadata)
    }

    @Test("text has time, level, message and values, those with spaces in quotes")
    func text() {
        let metadata: Logger.Metadata = ["name": "a b", "job": .stringConvertible(3), "empty": ""]
        #expect(
            line("job running", metadata).text
                == #"2027-01-15T08:00:00.250Z notice job running empty="" job=3 name="a b""#)
    }

    @Test(
        "the journal gets the priority of syslog(3) and no time",
        arguments: [
            (Logger.Level.trace, 7), (.debug, 7), (.info, 6), (.notice, 5), (.warning, 4), (.error, 3),
            (.critical, 2),
        ])
    func journal(level: Logger.Level, priority: Int) {
        #expect(line("m", ["k": "v"], level: level).journalText == "<\(priority)>m k=v")
    }

    @Test("JSON is one flat object, numbers are numbers, and no key is lost")
    func json() throws {
        let metadata: Logger.Metadata = [
            "job": .stringConvertible(3), "loss": .stringConvertible(0.5),
            "bad": .stringConvertible(Double.nan),
            "level": "mine", "name": #"a "b" \"#,
        ]
        let text = line("job running", metadata).json
        #expect(
            text.hasPrefix(#"{"time":"2027-01-15T08:00:00.250Z","level":"notice","message":"job running","#))
        #expect(
            try JSON(Data(text.utf8))
                == .object([
                    "time": .string("2027-01-15T08:00:00.250Z"), "level": .string("notice"),
                    "message": .string("job running"), "job": .number(3), "loss": .number(0.5),
                    "bad": .string("nan"), "level_": .string("mine"), "name": .string(#"a "b" \"#),
                ]))
    }

    /// Line ends of all kinds, terminal control, a journal's priority, and a line of the log's own form.
    private static let hostile =
        "x\n<2>forged\r\u{1b}[2J\u{85}\u{2028}\u{2029}\u{0}\u{202e}2027-01-15T08:00:00.250Z critical forged "
        + String(decoding: [0xff, 0xfe, 0xc0] as [UInt8], as: UTF8.self)

    @Test("what a name or a message holds ends no line, and comes back whole from JSON")
    func hostileText() throws {
        let hostile = line(Self.hostile, ["name": "\(Self.hostile)", "a\nb": "c"])
        for text in [hostile.text, hostile.journalText, hostile.json] {
            let isPlain = text.unicodeScalars.allSatisfy { scalar in
                scalar.value >= 0x20 && !(0x7f...0x9f).contains(scalar.value)
                    && ![0x2028, 0x2029, 0x202e].contains(scalar.value)
            }
            #expect(isPlain, "\(text)")
        }
        let read = try JSON(Data(hostile.json.utf8))
        #expect(read["message"] == .string(Self.hostile) && read["name"] == .string(Self.hostile))
    }

    @Test("a line stays below what the journal takes as one")
    func length() throws {
        let long = String(repeating: "\u{1}é", count: 100_000)
        let line = line(long, ["a": "\(long)", "b": "\(long)"])
        for text in [line.text, line.journalText, line.json] { #expect(text.utf8.count < 48 << 10) }
        #expect(try JSON(Data(line.json.utf8))["level"] == .string("notice"))
    }
}
