package import Charts

/// What an experiment has found out.
package struct Report {
    package var title: String
    package var table: TextTable
    /// What is seen, computed from the numbers.
    package var findings: [String]
    package var figure: Figure

    package init(title: String, table: TextTable, findings: [String], figure: Figure) {
        self.title = title
        self.table = table
        self.findings = findings
        self.figure = figure
    }

    /// For a terminal.
    package var text: String {
        "\(title)\n\n\(table.text)\n\n\(findings.joined(separator: "\n"))"
    }
}
