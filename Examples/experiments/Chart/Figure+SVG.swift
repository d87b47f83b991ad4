extension Figure {
    /// The figure as an SVG document. It follows the reader's choice of a light or a dark page.
    package var svg: String {
        let columns = min(2, charts.count)
        let rows = (charts.count + 1) / 2
        let (width, height) = (columns * Panel.width + 20, rows * Panel.height + 60)
        var canvas = Canvas()
        canvas.add("rect", ["class": "page", "width": "\(width)", "height": "\(height)"])
        canvas.text(title, x: 24, y: 34, classes: "ink title")
        for (index, chart) in charts.enumerated() {
            let x = Double(10 + index % 2 * Panel.width)
            let y = Double(50 + index / 2 * Panel.height)
            Panel(chart, x: x, y: y, id: "plot\(index)").draw(on: &canvas)
        }
        return """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(width) \(height)" width="\(width)" \
            height="\(height)" role="img">
            <title>\(Canvas.escaped(title))</title>
            <style>
            \(Figure.style)
            </style>
            \(canvas.elements.joined(separator: "\n"))
            </svg>

            """
    }

    /// The lines' colours, of middling brightness so that they can be told from a white and from a black page, and in
    /// an order in which neighbours can be told apart without seeing red and green.
    static let colors = [
        "#2f7ed8", "#e0822f", "#2a9d74", "#c8508f", "#8a6fd1", "#a0892c", "#d64545", "#3aa6b9", "#7d8590",
        "#9c6b4f",
    ]

    private static let style = """
        text { font-family: "Helvetica Neue", Helvetica, Arial, sans-serif; font-size: 12px; }
        .title { font-size: 17px; font-weight: 600; }
        .heading { font-size: 13px; font-weight: 600; }
        .page { fill: #ffffff; } .ink { fill: #1f2328; } .faint { fill: #59636e; }
        .grid { stroke: #e4e7eb; } .frame { stroke: #8c959f; fill: none; }
        .line { fill: none; stroke-width: 2; stroke-linejoin: round; stroke-linecap: round; }
        @media (prefers-color-scheme: dark) {
        .page { fill: #14171c; } .ink { fill: #e6edf3; } .faint { fill: #9da7b3; }
        .grid { stroke: #2b3139; } .frame { stroke: #656d76; }
        }
        """
}
