import Control
import Foundation
import Testing

@Suite("Newline-delimited JSON")
struct LineSplitterTests {
    private func lines(_ chunks: [[UInt8]]) throws -> (lines: [String], rest: String) {
        var splitter = LineSplitter()
        var lines: [String] = []
        for chunk in chunks {
            splitter.append(chunk)
            while let line = try splitter.next() { lines.append(String(decoding: line, as: UTF8.self)) }
        }
        return (lines, String(decoding: splitter.remainder, as: UTF8.self))
    }

    @Test("lines are the same wherever the stream is cut")
    func everyCut() throws {
        let bytes = Array("{\"a\":1}\n\n{\"b\":\"é\"}\nrest".utf8)
        for first in 0...bytes.count {
            for second in first...bytes.count {
                let result = try lines([
                    Array(bytes[..<first]), Array(bytes[first..<second]), Array(bytes[second...]),
                ])
                #expect(result.lines == ["{\"a\":1}", "{\"b\":\"é\"}"])
                #expect(result.rest == "rest")
            }
        }
    }

    @Test("byte by byte")
    func single() throws {
        let result = try lines(Array("one\ntwo\n".utf8).map { [$0] })
        #expect(result.lines == ["one", "two"])
        #expect(result.rest.isEmpty)
    }

    @Test("a line that never ends is refused before it fills the memory")
    func tooLong() throws {
        var splitter = LineSplitter()
        splitter.append([UInt8](repeating: 65, count: NDJSON.maximumLineLength))
        #expect(try splitter.next() == nil)
        splitter.append([65])
        #expect(throws: LineSplitter.LineTooLong()) { try splitter.next() }
    }

    @Test("a written line ends in a line feed and holds no other")
    func written() throws {
        let line = String(decoding: try NDJSON.line(["text": "a\nb"]), as: UTF8.self)
        #expect(line == "{\"text\":\"a\\nb\"}\n")
    }
}
