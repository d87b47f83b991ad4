import Foundation
import FoundationXML
import Testing

/// What an XML parser finds in a picture.
final class PictureReader: NSObject, XMLParserDelegate {
    private(set) var elements: [(name: String, attributes: [String: String])] = []
    private(set) var texts: [String] = []
    private var text = ""

    /// Fails the test unless the document is well-formed.
    init(_ svg: String) throws {
        super.init()
        let parser = XMLParser(data: Data(svg.utf8))
        parser.delegate = self
        try #require(parser.parse(), "\(String(describing: parser.parserError))")
        try #require(elements.first?.name == "svg")
    }

    func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
        attributes: [String: String]
    ) {
        elements.append((name, attributes))
        text = ""
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }

    func parser(
        _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
    ) {
        if name == "text" { texts.append(text) }
    }

    /// The lines, without those of the legend, which are level and 22 pixels long.
    var lines: [(attributes: [String: String], points: [(x: Double, y: Double)])] {
        elements.filter { $0.name == "polyline" }.map { element in
            let points = (element.attributes["points"] ?? "").split(separator: " ").map { pair in
                let numbers = pair.split(separator: ",").compactMap { Double($0) }
                return (x: numbers.first ?? .nan, y: numbers.last ?? .nan)
            }
            return (element.attributes, points)
        }.filter { !($0.points.count == 2 && $0.points[1].x - $0.points[0].x == 22) }
    }
}
