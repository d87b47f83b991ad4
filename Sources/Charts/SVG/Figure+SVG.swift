extension Figure {
    /// The figure as an SVG document.
    package var svg: String { picture.svg }

    /// The figure with its size: the charts two in a row, each row as high as its highest.
    package var picture: Picture {
        let panels = charts.map { Panel($0) }
        let rows = stride(from: 0, to: panels.count, by: 2).map { panels[$0..<min($0 + 2, panels.count)] }
        let width = max(1, min(2, charts.count)) * Panel.width + 20
        var canvas = Canvas()
        canvas.title(title, width: width)
        var y = 50
        for (index, row) in rows.enumerated() {
            for (column, panel) in row.enumerated() {
                panel.draw(
                    on: &canvas, x: Double(10 + column * Panel.width), y: Double(y),
                    id: "plot\(index * 2 + column)")
            }
            y += row.map(\.height).max() ?? 0
        }
        return Picture(canvas, title: title, width: width, height: y + 10)
    }
}
