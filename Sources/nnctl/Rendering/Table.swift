/// Columns of text that fit a width: the columns that may be cut give way first, then whole columns, the
/// least important one before the others.
package struct Table {
    package struct Column {
        var title: String
        var alignment: String.Alignment
        /// Columns of a higher rank are left out first; 0 stays.
        var rank: Int
        /// The least width that the column may be cut to; nil when it must not be cut.
        var minimum: Int?

        package init(
            title: String, alignment: String.Alignment = .left, rank: Int = 0, minimum: Int? = nil
        ) {
            self.title = title
            self.alignment = alignment
            self.rank = rank
            self.minimum = minimum
        }
    }

    package struct Cell {
        let text: String
        let color: Style.Color?
        /// Columns of the terminal.
        let width: Int

        package init(_ text: String, _ color: Style.Color? = nil) {
            self.text = text
            self.color = color
            width = text.columns
        }
    }

    private typealias Layout = [(index: Int, width: Int)]
    /// Blanks between columns.
    private static let gap = 2

    let columns: [Column]
    private(set) var rows: [[Cell]] = []

    package init(_ columns: [Column]) {
        self.columns = columns
    }

    /// Cells that a short row lacks are empty; those that it has too many are dropped.
    package mutating func append(_ row: [Cell]) {
        let isWhole = row.count == columns.count
        rows.append(isWhole ? row : columns.indices.map { $0 < row.count ? row[$0] : Cell("") })
    }

    /// A line for the titles and a line a row, each with its line feed and without blanks at its end. `width`
    /// counts the columns of the terminal; nil when the text does not go to one.
    package func rendered(width: Int?, style: Style) -> String {
        let layout = fitted(to: width ?? .max)
        var text = ""
        text.reserveCapacity((rows.count + 1) * (total(layout) + 1))
        append(columns.map { Cell($0.title, .bold) }, layout, style, to: &text)
        for row in rows { append(row, layout, style, to: &text) }
        return text
    }

    /// The columns that are shown and their widths.
    private func fitted(to width: Int) -> Layout {
        var shown: Layout = columns.indices.map { index in
            (index, rows.reduce(columns[index].title.columns) { max($0, $1[index].width) })
        }
        while true {
            let layout = cut(shown, to: width)
            guard total(layout) > width, let last = leastImportant(shown) else { return layout }
            shown.remove(at: last)
        }
    }

    private func cut(_ shown: Layout, to width: Int) -> Layout {
        var layout = shown
        for position in layout.indices {
            guard let minimum = columns[layout[position].index].minimum else { continue }
            let spare = layout[position].width - minimum
            layout[position].width -= max(0, min(spare, total(layout) - width))
        }
        return layout
    }

    private func leastImportant(_ shown: Layout) -> Int? {
        shown.indices.filter { columns[shown[$0].index].rank > 0 }
            .max { columns[shown[$0].index].rank < columns[shown[$1].index].rank }
    }

    private func total(_ layout: Layout) -> Int {
        layout.reduce(Self.gap * max(0, layout.count - 1)) { $0 + $1.width }
    }

    private func append(_ cells: [Cell], _ layout: Layout, _ style: Style, to text: inout String) {
        var blanks = 0
        for (index, width) in layout {
            let cell = cells[index]
            let padding = max(0, width - cell.width)
            if columns[index].alignment == .right { blanks += padding }
            if cell.width > 0, width > 0 {
                text += String(repeating: " ", count: blanks)
                text += style.paint(
                    cell.width > width ? cell.text.truncated(to: width) : cell.text, cell.color)
                blanks = 0
            }
            if columns[index].alignment == .left { blanks += padding }
            blanks += Self.gap
        }
        text += "\n"
    }
}
