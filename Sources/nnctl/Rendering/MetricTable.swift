package import Control

/// What `nnctl metrics JOB` shows: a line a step, a column a metric.
package enum MetricTable {
    package static func rendered(_ points: [MetricPoint], width: Int?, style: Style) -> String {
        let names = Set(points.map(\.name)).sorted()
        var table = Table(
            [.init(title: "EPOCH", alignment: .right), .init(title: "STEP", alignment: .right)]
                + names.enumerated().map { index, name in
                    .init(title: name.printable.uppercased(), alignment: .right, rank: index + 1)
                })
        for group in MetricGroup.groups(of: points) {
            let values = names.map { name in group.values[name].map { Number.metric(name, $0) } ?? "-" }
            table.append(["\(group.epoch)", "\(group.step)"].map { .init($0) } + values.map { .init($0) })
        }
        return table.rendered(width: width, style: style)
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
