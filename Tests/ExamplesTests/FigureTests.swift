import Foundation
import FoundationXML
import Testing
import experiments

@Suite("Plots and tables")
struct FigureTests {
    private static let figure = Figure(
        title: "Loss & <accuracy>",
        charts: [
            Chart(
                title: "Loss", x: .init("step"), y: .init("loss", .logarithmic),
                lines: [
                    .init("a", color: 0, [.init(0, 1), .init(50, 0.1), .init(100, 0.01)]),
                    .init("b", color: 1, isDashed: true, [.init(0, 1), .init(50, .nan), .init(100, 1)]),
                ]),
            Chart(title: "Empty", x: .init("step"), y: .init("loss"), lines: []),
        ])

    /// Collects what an XML parser finds.
    private final class Reader: NSObject, XMLParserDelegate {
        var elements: [(name: String, attributes: [String: String])] = []
        var text = ""

        func parser(
            _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
            qualifiedName: String?, attributes: [String: String]
        ) {
            elements.append((name, attributes))
        }

        func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }
    }

    @Test("an SVG is well-formed and holds titles, axes, legend and lines")
    func svg() throws {
        let reader = Reader()
        let parser = XMLParser(data: Data(Self.figure.svg.utf8))
        parser.delegate = reader
        #expect(parser.parse())
        #expect(reader.elements.first?.name == "svg")
        for text in ["Loss & <accuracy>", "step", "loss", "0.01", "100"] {
            #expect(reader.text.contains(text))
        }
        // Line a, the two ends of line b, which is broken where it is not a number, and their legend.
        let lines = reader.elements.filter { $0.name == "polyline" }
        #expect(lines.count == 5)
        #expect(lines.filter { $0.attributes["stroke-dasharray"] == "6 4" }.count == 3)
        // The frame is 400 by 250 with its corner at (82, 84): down two decades from the left to the right.
        #expect(lines[0].attributes["points"] == "82.0,84.0 282.0,209.0 482.0,334.0")
    }

    @Test("a table has its words to the left and its numbers to the right")
    func table() {
        var table = TextTable(words: ["net"], numbers: ["loss", "accuracy"])
        table.append(["small", "0.5", "97.1 %"])
        table.append(["large net", "12.25", "9.0 %"])
        #expect(
            table.text == """
                net         loss  accuracy
                ---------  -----  --------
                small        0.5    97.1 %
                large net  12.25     9.0 %
                """)
    }
}
