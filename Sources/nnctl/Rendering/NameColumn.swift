import Control

extension Table.Column {
    static let id = Table.Column(title: "ID", alignment: .right)

    /// The column with the names of jobs, which are what a person types next: other columns go before a name is cut to less than
    /// three tenths of the width.
    static func name(of jobs: [JobStatus], width: Int?) -> Table.Column {
        let longest = jobs.reduce(0) { max($0, $1.name.utf8.count) }
        return Table.Column(title: "NAME", minimum: min(longest, max(8, (width ?? 80) * 3 / 10)))
    }

    /// The column with the states, which is cut only where there is room for nothing else: a part still tells which it is.
    static func state(width: Int?) -> Table.Column {
        Table.Column(title: "STATE", minimum: (width ?? 80) < 23 ? 4 : nil)
    }
}
