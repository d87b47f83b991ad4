package import Control

/// What `nnctl start --dry-run` shows.
package enum NeedsCard {
    package static func rendered(_ needs: JobNeeds, width: Int?, style: Style) -> String {
        var card = Card("job \(needs.name.printable) \(needs.fits ? "could start" : "could not start")")
        for problem in needs.problems { card.add("problem", problem.printable, .red) }
        card.add("parameters", "\(needs.parameters)")
        card.add("samples", needs.samples.map(text))
        card.add("steps", needs.steps.map { "\($0)" })
        card.add("batch", "\(needs.batchSize) samples in \(String.counted(needs.shards, "shard"))")
        card.add("workers", "\(needs.workers)")
        card.add("ranks", needs.ranks.map { "\($0)" })
        let memory = needs.memory
        card.add(
            "memory", "\(Number.bytes(memory.needed)) of \(Number.bytes(memory.available))")
        for (name, bytes) in parts(memory.parts) { card.add("  \(name)", Number.bytes(bytes)) }
        card.add("checkpoint", Number.bytes(needs.disk.checkpoint))
        card.add("disk", text(needs.disk))
        return card.rendered(width: width, style: style)
    }

    private static func text(_ samples: JobNeeds.Samples) -> String {
        let others = [(samples.validation, "validation"), (samples.test, "test")]
            .compactMap { count, what in count.map { ", \($0) for \(what)" } }
        return "\(samples.train) to train on\(others.joined()); \(Number.bytes(samples.bytes))"
    }

    private static func text(_ disk: JobNeeds.Disk) -> String {
        let kept = disk.kept.map { " for \(String.counted($0, "checkpoint"))" } ?? ""
        let free = disk.available.map { " of \(Number.bytes($0)) that are free" } ?? ""
        return "\(Number.bytes(disk.needed))\(kept)\(free)"
    }

    private static func parts(_ parts: JobNeeds.Memory.Parts) -> [(String, Int)] {
        [
            ("weights", parts.weights), ("gradients", parts.gradients), ("optimizer", parts.optimizer),
            ("snapshot", parts.snapshot), ("activations", parts.activations), ("order", parts.order),
            ("samples", parts.samples),
        ]
    }
}
