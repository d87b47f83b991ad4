import Foundation

/// Rows of text in columns: the first to the left, numbers to the right.
package struct TextTable {
    private let titles: [String]
    /// How many of the columns hold words.
    private let wordColumns: Int
    private var rows: [[String]] = []

    package init(words: [String], numbers: [String]) {
        titles = words + numbers
        wordColumns = words.count
    }

    package mutating func append(_ row: [String]) {
        precondition(row.count == titles.count, "a row of this table has \(titles.count) cells")
        rows.append(row)
    }

    /// A line for the titles, a rule, and a line a row.
    package var text: String {
        let widths = titles.indices.map { column in
            ([titles] + rows).map { $0[column].count }.max() ?? 0
        }
        let rule = widths.map { String(repeating: "-", count: $0) }.joined(separator: "  ")
        return ([line(titles, widths), rule] + rows.map { line($0, widths) }).joined(separator: "\n")
    }

    private func line(_ cells: [String], _ widths: [Int]) -> String {
        let padded = cells.enumerated().map { column, cell in
            let blanks = String(repeating: " ", count: widths[column] - cell.count)
            return column < wordColumns ? cell + blanks : blanks + cell
        }
        return padded.joined(separator: "  ").replacing(#/ +$/#, with: "")
    }
}

/// How numbers are written in tables and sentences.
package enum Text {
    /// A loss: four digits that count.
    package static func loss(_ value: Double) -> String {
        value.isFinite ? String(format: "%.4g", value) : "not finite"
    }

    /// A part of the whole as per cent; a dash for what is no number.
    package static func percent(_ part: Double) -> String {
        part.isNaN ? "-" : String(format: "%.1f %%", 100 * part)
    }

    /// A scale, of which the order of magnitude matters: 0.43, 2.6, 2.1e4, 3.8e-10.
    package static func scale(_ value: Double) -> String {
        String(format: "%.2g", value).replacing(#/e\+?(-?)0*/#) { "e\($0.output.1)" }
    }
}
