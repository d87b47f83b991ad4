package import Control
package import Foundation

/// What `nnctl checkpoints show JOB ID` shows.
package enum CheckpointCard {
    package static func rendered(_ details: CheckpointDetails, now: Date, width: Int?, style: Style) -> String
    {
        let info = details.info
        var card = Card("checkpoint \(info.id)")
        card.add("step", "\(info.step)")
        card.add("epoch", "\(info.epoch)")
        card.add("branch", "\(info.branch)")
        card.add("samples", "\(info.samples)")
        for (name, value) in info.metrics.sorted(by: { $0.key < $1.key }) {
            card.add(name.printable, Number.metric(name, value))
        }
        card.add(
            "size",
            "\(Number.bytes(info.bytes)), \(Number.bytes(details.ownBytes)) of it in no other checkpoint")
        card.add("pinned", info.pinned ? "yes" : "no")
        card.add("made", Time.ago(info.createdAt, now: now))
        card.add("weights", info.weightsDigest.printable)
        card.add("buffers", details.buffers.map(\.printable).joined(separator: ", "))
        var table = Table([.init(title: "TENSOR"), .init(title: "SHAPE")])
        for tensor in details.tensors {
            table.append([.init(tensor.name.printable), .init("\(tensor.shape)")])
        }
        return card.rendered(width: width, style: style) + "\n" + table.rendered(width: width, style: style)
    }
}
