package import Control

/// What `nnctl checkpoints diff JOB A B` shows: how the weights compare, and a line a tensor and buffer.
package enum DifferenceTable {
    package static func rendered(_ difference: CheckpointDifference, width: Int?, style: Style) -> String {
        var table = Table([
            .init(title: "BUFFER", rank: 1), .init(title: "TENSOR"),
            .init(title: "LARGEST", alignment: .right),
            .init(title: "RMS", alignment: .right),
        ])
        for tensor in difference.tensors {
            let values =
                tensor.equal
                ? ["equal", ""] : [tensor.largest, tensor.rootMeanSquare].map(Number.scientific)
            table.append(
                [tensor.buffer.printable, tensor.name.printable].map { .init($0) } + values.map { .init($0) })
        }
        let (first, second) = (difference.first, difference.second)
        let title = "checkpoint \(first.id) at step \(first.step) and \(second.id) at step \(second.step)"
        let digests = difference.equalDigests ? "the weights are equal" : "the weights differ"
        return style.paint("\(title): \(digests)", .bold) + "\n\n"
            + table.rendered(width: width, style: style)
    }
}
