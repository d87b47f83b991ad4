import Foundation

/// SVG elements as they are drawn, one on top of another.
struct Canvas {
    private(set) var elements: [String] = []

    enum Anchor: String {
        case start
        case middle
        case end
    }

    mutating func add(
        _ element: String, _ attributes: KeyValuePairs<String, String>,
        _ more: KeyValuePairs<String, String> = [:]
    ) {
        let list = (Array(attributes) + Array(more)).map { " \($0.key)=\"\(Canvas.escaped($0.value))\"" }
            .joined()
        elements.append("<\(element)\(list)/>")
    }

    mutating func text(
        _ text: String, x: Double, y: Double, classes: String, anchor: Anchor = .start, rotated: Bool = false
    ) {
        let place = "x=\"\(Canvas.number(x))\" y=\"\(Canvas.number(y))\""
        let turn = rotated ? " transform=\"rotate(-90 \(Canvas.number(x)) \(Canvas.number(y)))\"" : ""
        elements.append(
            "<text \(place) class=\"\(classes)\" text-anchor=\"\(anchor.rawValue)\"\(turn)>"
                + "\(Canvas.escaped(text))</text>")
    }

    /// A line through points; without a colour it is grey.
    mutating func line(_ points: [(x: Double, y: Double)], color: Int?, isDashed: Bool) {
        add(
            "polyline",
            [
                "class": "line \(Palette.name(color))", "stroke-dasharray": isDashed ? "6 4" : "none",
                "points": points.map { "\(Canvas.number($0.x)),\(Canvas.number($0.y))" }.joined(
                    separator: " "),
            ])
    }

    /// The title of a picture of so many pixels across.
    mutating func title(_ title: String, width: Int) {
        text(title.fitted(to: Double(width - 48) / 1.65), x: 24, y: 34, classes: "ink title")
    }

    /// What is added by `draw` is seen inside the rectangle only.
    mutating func clipped(
        _ id: String, x: Double, y: Double, width: Double, height: Double, draw: (inout Canvas) -> Void
    ) {
        elements.append("<clipPath id=\"\(id)\">")
        add("rect", Canvas.rectangle(x: x, y: y, width: width, height: height))
        elements.append("</clipPath>")
        elements.append("<g clip-path=\"url(#\(id))\">")
        draw(&self)
        elements.append("</g>")
    }

    static func rectangle(
        x: Double, y: Double, width: Double, height: Double
    ) -> KeyValuePairs<String, String> {
        ["x": number(x), "y": number(y), "width": number(width), "height": number(height)]
    }

    /// A tenth of a pixel is all that anybody sees.
    static func number(_ value: Double) -> String { String(format: "%.1f", value) }

    /// As XML's text or an attribute has it; characters that XML 1.0 has not are replaced.
    static func escaped(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.map { isXML($0) ? $0 : "\u{FFFD}" }))
            .replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
            .replacing("\"", with: "&quot;")
    }

    private static func isXML(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value >= 0x20 && scalar.value != 0xFFFE && scalar.value != 0xFFFF
    }
}
