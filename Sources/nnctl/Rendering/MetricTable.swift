package import Control

/// What `nnctl metrics JOB` shows: a line a step, a column a metric.
package enum MetricTable {
    package static func rendered(_ points: [MetricPoint], width: Int?, style: Style) -> String {
        let names = Set(points.map(\.name)).sorted()
        var table = Table(columns(names))
        for group in MetricGroup.groups(of: points) { table.append(row(group, names)) }
        return table.rendered(width: width, style: style)
    }

    fileprivate static func columns(_ names: [String]) -> [Table.Column] {
        [.init(title: "EPOCH", alignment: .right), .init(title: "STEP", alignment: .right)]
            + names.enumerated().map { index, name in
                .init(title: name.printable.uppercased(), alignment: .right, rank: index + 1)
            }
    }

    fileprivate static func row(_ group: MetricGroup, _ names: [String]) -> [Table.Cell] {
        let values = names.map { name in group.values[name].map { Number.metric(name, $0) } ?? "-" }
        return (["\(group.epoch)", "\(group.step)"] + values).map { .init($0) }
    }

    /// The same table part by part, for more than memory may hold: the columns are settled beforehand.
    package struct Parts {
        private let names: [String]
        /// A row as wide as any that comes, which is not shown.
        private let widest: [Table.Cell]
        private var hasBegun = false

        /// - Parameter ends: The first value and the last of every curve.
        package init(ends: [MetricPoint]) {
            names = Set(ends.map(\.name)).sorted()
            let (epoch, step) = (ends.map(\.epoch).max() ?? 0, ends.map(\.step).max() ?? 0)
            widest = (["\(epoch)", "\(step)"] + names.map { _ in "-1.00e-05" }).map { .init($0) }
        }

        /// The lines of a part; those of the first have the titles above them.
        package mutating func rendered(_ points: [MetricPoint], width: Int?, style: Style) -> String {
            var table = Table(MetricTable.columns(names))
            table.append(widest)
            for group in MetricGroup.groups(of: points) { table.append(MetricTable.row(group, names)) }
            var lines = table.rendered(width: width, style: style)
                .split(separator: "\n", omittingEmptySubsequences: false)
            lines.remove(at: 1)
            if hasBegun { lines.removeFirst() }
            hasBegun = true
            return lines.joined(separator: "\n")
        }
    }
}

/// Everything that was measured at one step.
struct MetricGroup: Equatable {
    var step: Int
    var epoch: Int
    var values: [String: Double]

    /// By step, the first step first.
    static func groups(of points: [MetricPoint]) -> [MetricGroup] {
        Dictionary(grouping: points, by: \.step).sorted { $0.key < $1.key }.map { step, points in
            MetricGroup(
                step: step, epoch: points.map(\.epoch).max() ?? 0,
                values: Dictionary(points.map { ($0.name, $0.value) }, uniquingKeysWith: { _, last in last }))
        }
    }
}
