package import Control
package import Foundation

/// What `nnctl checkpoints JOB` shows; a star marks those that are pinned.
package enum CheckpointTable {
    private static let leading: [Table.Column] = [
        .init(title: "ID", alignment: .right),
        .init(title: "BRANCH", alignment: .right, rank: 3),
        .init(title: "EPOCH", alignment: .right, rank: 1),
        .init(title: "STEP", alignment: .right),
    ]
    private static let trailing: [Table.Column] = [
        .init(title: "SIZE", alignment: .right, rank: 4),
        .init(title: "MADE", alignment: .right, rank: 2),
        .init(title: "WEIGHTS", minimum: 12),
    ]

    package static func rendered(_ checkpoints: [CheckpointInfo], now: Date, width: Int?, style: Style)
        -> String
    {
        let names = Set(checkpoints.flatMap(\.metrics.keys)).sorted()
        let metrics = names.map {
            Table.Column(title: $0.printable.uppercased(), alignment: .right, rank: 5)
        }
        var table = Table(leading + metrics + trailing)
        for checkpoint in checkpoints {
            let values = names.map { name in
                Table.Cell(checkpoint.metrics[name].map { Number.metric(name, $0) } ?? "-")
            }
            table.append(
                [
                    .init("\(checkpoint.pinned ? "* " : "")\(checkpoint.id)"), .init("\(checkpoint.branch)"),
                    .init("\(checkpoint.epoch)"),
                    .init("\(checkpoint.step)"),
                ] + values + [
                    .init(Number.bytes(checkpoint.bytes)), .init(Time.ago(checkpoint.createdAt, now: now)),
                    .init(checkpoint.weightsDigest.printable),
                ])
        }
        return table.rendered(width: width, style: style)
    }
}
