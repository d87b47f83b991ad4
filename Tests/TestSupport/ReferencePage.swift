import Foundation

/// The tables of docs/reference.md.
package struct ReferencePage {
    /// One line of a table.
    package struct Line {
        /// The heading that it stands under.
        package let section: String
        fileprivate let cells: [String: String]

        /// The cell in the column of that title; nil in a table without one.
        package subscript(title: String) -> String? { cells[title] }

        /// What stands between backticks in that column.
        package func code(_ title: String) -> [String] { codeSpans(cells[title] ?? "") }

        /// What stands between backticks anywhere in the line.
        package var code: [String] { cells.values.flatMap { codeSpans($0) } }

        /// The one thing between backticks in that column; empty where there is none.
        package func only(_ title: String) -> String {
            let spans = code(title)
            return spans.count == 1 ? spans[0] : ""
        }
    }

    package private(set) var lines: [Line] = []
    /// What stands between backticks outside of tables.
    package private(set) var prose: [String] = []

    package init() throws {
        let url = Fixture.url("../../docs/reference.md").standardized
        var section = ""
        var titles: [String] = []
        for line in try String(contentsOf: url, encoding: .utf8).components(separatedBy: "\n") {
            if line.hasPrefix("## ") { section = String(line.dropFirst(3)) }
            guard line.hasPrefix("|") else {
                titles = []
                prose += codeSpans(line)
                continue
            }
            let cells = line.dropFirst().dropLast().components(separatedBy: "|")
                .map { $0.trimmingCharacters(in: .whitespaces) }
            if titles.isEmpty {
                titles = cells
            } else if !cells.allSatisfy({ $0.allSatisfy { $0 == "-" } && !$0.isEmpty }) {
                // A line with too many cells or too few would lose some without a word.
                precondition(cells.count == titles.count, "docs/reference.md: \(line)")
                lines.append(
                    Line(section: section, cells: Dictionary(uniqueKeysWithValues: zip(titles, cells))))
            }
        }
    }

    /// The lines of a section's table that has this column.
    package func lines(of section: String, with title: String = "YAML") -> [Line] {
        lines.filter { $0.section == section && $0[title] != nil }
    }
}

private func codeSpans(_ text: String) -> [String] {
    text.components(separatedBy: "`").enumerated().filter { $0.offset % 2 == 1 }.map(\.element)
}

/// The parts of a list that are separated by commas outside of brackets and quotes.
package func listParts(_ text: some StringProtocol) -> [String] {
    var parts = [""]
    var depth = 0
    for character in text {
        if "([{<".contains(character) { depth += 1 }
        if ")]}>".contains(character) { depth -= 1 }
        if character == ",", depth == 0 {
            parts.append("")
        } else {
            parts[parts.count - 1].append(character)
        }
    }
    return parts.map { $0.trimmingCharacters(in: .whitespacesAndNewlines) }.filter { !$0.isEmpty }
}
