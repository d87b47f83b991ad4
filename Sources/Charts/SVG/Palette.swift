/// The colours of pictures, as classes of a style sheet, so that a dark page has its own.
enum Palette {
    /// Those of lines. They were searched for by hill climbing from those of Okabe and Ito (2008): any two are at least 17 apart
    /// (CIE 1976 colour difference) for the normal eye and without red, green or blue cones (Machado et al. 2009), and each has a contrast of
    /// at least 2.9 with its page (WCAG 2.2).
    static let light = [
        "#114caa", "#bd5117", "#0fab68", "#be629b", "#da8300", "#3b84cf", "#3d3d3d", "#663700",
    ]
    static let dark = [
        "#5195e9", "#f0843a", "#1cee8a", "#bf98a6", "#f0e847", "#a5d8ff", "#dff0db", "#a46b44",
    ]

    /// The class of a line's colour, counted from 0; after the last they begin again.
    static func name(_ color: Int?) -> String {
        color.map { "c\(($0 % light.count + light.count) % light.count)" } ?? "plain"
    }

    static let style = """
        text { font-family: "Helvetica Neue", Helvetica, Arial, sans-serif; font-size: 12px; }
        .title { font-size: 17px; font-weight: 600; }
        .heading { font-size: 13px; font-weight: 600; }
        .line { fill: none; stroke-width: 1.8; stroke-linejoin: round; stroke-linecap: round; }
        \(colors(page: "#ffffff", ink: "#1f2328", faint: "#59636e", grid: "#e4e7eb", frame: "#8c959f", light, on: "#ffffff"))
        @media (prefers-color-scheme: dark) {
        \(colors(page: "#14171c", ink: "#e6edf3", faint: "#9da7b3", grid: "#2b3139", frame: "#656d76", dark, on: "#0b0d10"))
        }
        """

    private static func colors(
        page: String, ink: String, faint: String, grid: String, frame: String, _ lines: [String],
        on shade: String
    ) -> String {
        let fixed = """
            .page { fill: \(page); } .ink { fill: \(ink); } .faint { fill: \(faint); }
            .grid { stroke: \(grid); } .frame { stroke: \(frame); fill: none; }
            .shade { fill: \(lines[0]); } .onshade { fill: \(shade); }
            .line.plain { stroke: \(faint); }
            """
        let named = lines.enumerated().map { index, color in
            ".line.c\(index) { stroke: \(color); } .dot.c\(index) { fill: \(color); }"
        }
        return ([fixed] + named).joined(separator: "\n")
    }
}
