extension String {
    /// About how wide the text is in the pictures' font, in pixels: what it is drawn with is not known here, so it is as in a wide font.
    var pictureWidth: Double { unicodeScalars.reduce(0) { $0 + String.width($1) } }

    /// The text, its middle left out where it is wider than that: names that begin alike often end differently.
    func fitted(to width: Double) -> String {
        guard pictureWidth > width else { return self }
        var (start, end) = (Substring(self), Substring())
        let letters = Array(self)
        // The longest halves that fit.
        for half in stride(from: letters.count / 2, through: 0, by: -1) {
            start = Substring(String(letters.prefix(half)))
            end = Substring(String(letters.suffix(half)))
            if "\(start)…\(end)".pictureWidth <= width { break }
        }
        return "\(start)…\(end)"
    }

    private static func width(_ scalar: Unicode.Scalar) -> Double {
        switch scalar.value {
        case 0x1100..<0x1160, 0x2E80...: 13
        case 0x41...0x5A, 0x6D, 0x77: 9
        case 0x20, 0x21, 0x28, 0x29, 0x2C, 0x2E, 0x3A, 0x69, 0x6A, 0x6C, 0x74: 4.5
        default: 7.5
        }
    }
}
