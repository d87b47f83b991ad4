extension String {
    package enum Alignment: Sendable {
        case left
        case right
    }

    /// How many columns of a terminal it takes, as far as that is known without its fonts: its characters.
    var columns: Int {
        isPlain ? utf8.count : count
    }

    /// Whether it is printable ASCII alone, as nearly all texts are.
    private var isPlain: Bool { utf8.allSatisfy { (0x20...0x7E).contains($0) } }

    /// Filled up with blanks; a longer text stays as it is.
    func padded(to width: Int, _ alignment: Alignment = .left) -> String {
        let blanks = String(repeating: " ", count: max(0, width - count))
        return alignment == .left ? self + blanks : blanks + self
    }

    /// Cut to so many characters, the last of which says that something is missing.
    func truncated(to width: Int) -> String {
        guard count > width else { return self }
        return width > 0 ? prefix(width - 1) + "…" : ""
    }

    /// Cut to so many characters without its middle: names that begin alike often end differently.
    func shortened(to width: Int) -> String {
        guard count > width else { return self }
        guard width > 2 else { return truncated(to: width) }
        return prefix((width - 1) / 2) + "…" + suffix(width / 2)
    }

    /// Without characters that would move a terminal's cursor or change its colours: a name or a reason that
    /// came over the wire is shown, not obeyed; and without those that end a line.
    var printable: String {
        if isPlain { return self }
        return String(
            unicodeScalars.map { scalar in
                switch scalar.properties.generalCategory {
                case .control, .lineSeparator, .paragraphSeparator: "\u{FFFD}"
                default: Character(scalar)
                }
            })
    }

    /// With a plural s unless there is one of it: `2 workers`.
    static func counted(_ count: Int, _ noun: String) -> String {
        count == 1 ? "1 \(noun)" : "\(count) \(noun)s"
    }
}
