/// `━━━━━━╸────`
package enum ProgressBar {
    /// `fraction` goes from 0 to 1; what lies outside is taken for the nearer end.
    package static func rendered(_ fraction: Double, width: Int, style: Style) -> String {
        let halves =
            fraction.isFinite ? Int((min(max(fraction, 0), 1) * Double(width * 2)).rounded(.down)) : 0
        let full = String(repeating: "━", count: halves / 2) + (halves % 2 == 1 ? "╸" : "")
        let rest = String(repeating: "─", count: width - (halves + 1) / 2)
        return style.paint(full, .cyan) + style.paint(rest, .dim)
    }
}
