/// Colours of a terminal, or none at all.
package struct Style: Sendable, Equatable {
    package enum Color: String, Sendable {
        case bold = "1"
        case dim = "2"
        case red = "31"
        case green = "32"
        case yellow = "33"
        case cyan = "36"
        case reverse = "7"
        case blue = "34"
        case magenta = "35"

        /// Of the lines of a plot, counted from 0; after the last they begin again.
        static func series(_ index: Int) -> Color {
            let colors: [Color] = [.cyan, .yellow, .magenta, .green, .blue, .red]
            return colors[index % colors.count]
        }
    }

    var isColored: Bool

    package static let plain = Style(isColored: false)
    package static let colored = Style(isColored: true)

    /// The text between an SGR sequence of ECMA-48 and the one that undoes it.
    func paint(_ text: String, _ color: Color?) -> String {
        guard isColored, let color, !text.isEmpty else { return text }
        return "\u{1B}[\(color.rawValue)m\(text)\u{1B}[0m"
    }
}
