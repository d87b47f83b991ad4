/// A title and lines of `label  value`, the values one below the other.
struct Card {
    private var lines: [(label: String, value: String, color: Style.Color?)] = []
    private let title: String

    init(_ title: String) {
        self.title = title
    }

    /// Adds a line, unless there is nothing to say.
    mutating func add(_ label: String, _ value: String?, _ color: Style.Color? = nil) {
        guard let value, !value.isEmpty else { return }
        lines.append((label, value, color))
    }

    func rendered(width: Int?, style: Style) -> String {
        let labels = lines.reduce(0) { max($0, $1.label.count) }
        let room = max(1, (width ?? .max) - labels - 4)
        let body = lines.map { line in
            "  \(style.paint(line.label.padded(to: labels), .dim))  "
                + style.paint(
                    line.value.wrapped(to: room).joined(separator: "\n" + indent(labels)), line.color)
        }
        return ([style.paint(title, .bold)] + body).map { $0 + "\n" }.joined()
    }

    private func indent(_ labels: Int) -> String {
        String(repeating: " ", count: labels + 4)
    }
}

extension String {
    /// Lines of at most so many characters, broken at blanks; a longer word stays whole, so that a digest or
    /// a path can be copied.
    func wrapped(to width: Int) -> [String] {
        var lines: [String] = []
        for word in split(separator: " ") {
            if let last = lines.last, last.count + 1 + word.count <= width {
                lines[lines.count - 1] = "\(last) \(word)"
            } else {
                lines.append(String(word))
            }
        }
        return lines
    }
}
