/// The names of a chart's lines, side by side below it and in as many rows as they need.
struct Legend {
    private struct Entry {
        var name: String
        var color: Int?
        var isDashed: Bool
        var width: Double { 28 + name.pictureWidth + 18 }
    }

    private static let rowHeight = 20
    private let rows: [[Entry]]
    var height: Int { rows.count * Legend.rowHeight }

    /// - Parameters:
    ///   - chart: Whose lines and keys are named.
    ///   - width: In pixels; a longer name loses its middle.
    init(_ chart: Chart, width: Double) {
        let lines = chart.lines.filter(\.isListed).map {
            Entry(name: $0.name, color: $0.color, isDashed: $0.isDashed)
        }
        let keys = chart.keys.map { Entry(name: $0.name, color: nil, isDashed: $0.isDashed) }
        var (rows, room) = ([[Entry]](), 0.0)
        for var entry in lines + keys {
            entry.name = entry.name.fitted(to: width - 46)
            if rows.isEmpty || entry.width > room {
                rows.append([])
                room = width
            }
            rows[rows.count - 1].append(entry)
            room -= entry.width
        }
        self.rows = rows
    }

    func draw(on canvas: inout Canvas, x left: Double, y top: Double) {
        for (index, row) in rows.enumerated() {
            let y = top + Double(index * Legend.rowHeight)
            var x = left
            for entry in row {
                canvas.line([(x, y - 4), (x + 22, y - 4)], color: entry.color, isDashed: entry.isDashed)
                canvas.text(entry.name, x: x + 28, y: y, classes: "ink")
                x += entry.width
            }
        }
    }
}
