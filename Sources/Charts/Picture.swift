/// An SVG document and how large it is.
package struct Picture: Equatable, Sendable {
    /// Well-formed XML that needs nothing from outside. It follows the reader's choice of a light or a dark page; a program that
    /// knows none shows the light one.
    package let svg: String
    /// In pixels of the document.
    package let width: Int
    package let height: Int

    init(_ canvas: Canvas, title: String, width: Int, height: Int) {
        self.width = width
        self.height = height
        svg = """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(width) \(height)" width="\(width)" \
            height="\(height)" role="img">
            <title>\(Canvas.escaped(title))</title>
            <style>
            \(Palette.style)
            </style>
            <rect class="page" width="\(width)" height="\(height)"/>
            \(canvas.elements.joined(separator: "\n"))
            </svg>

            """
    }
}
