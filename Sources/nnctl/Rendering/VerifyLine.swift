package import Control

/// What `nnctl verify` says of each thing that it has seen.
package enum VerifyLine {
    /// - Returns: One line; nil where there is nothing to say.
    package static func rendered(_ update: VerifyUpdate, job: String) -> String? {
        switch update {
        case .checkpoint(let check):
            "checkpoint \(check.id), step \(check.step): \(check.damage?.printable ?? "whole")"
        case .summary(let summary): conclusion(summary, job.printable)
        case .comparison(let comparison): verdict(comparison)
        case .progress(let progress):
            "step \(progress.step), from \(progress.fromStep) to \(progress.toStep)"
                + (progress.samplesPerSecond.map { "  \(Number.rate($0)) samples/s" } ?? "")
        case .problem(let problem): problem.detail.printable
        }
    }

    private static func conclusion(_ summary: VerifySummary, _ job: String) -> String? {
        if summary.checkpoints == 0 { return "job \(job) has no checkpoint yet" }
        guard summary.damaged > 0 else { return nil }
        let counted = "\(summary.damaged) of \(String.counted(summary.checkpoints, "checkpoint"))"
        let damage = "\(counted) \(summary.damaged == 1 ? "is" : "are") damaged; job \(job) can"
        guard let place = summary.goesOnFrom else { return "\(damage) only begin again" }
        return "\(damage) go on from checkpoint \(place.id) at step \(place.step)"
    }

    private static func verdict(_ comparison: VerifyComparison) -> String {
        let (from, to) = (comparison.from?.step ?? 0, comparison.to)
        let workers = String.counted(comparison.workers, "worker")
        let stretch = "steps \(from + 1) to \(to.step), trained again with \(workers),"
        guard let buffer = comparison.buffer, let tensor = comparison.tensor else {
            return "equal: \(stretch) come to checkpoint \(to.id) bit for bit; weights "
                + comparison.weightsDigest.printable
        }
        return "different: \(stretch) do not come to checkpoint \(to.id); the first tensor that differs is "
            + "`\(tensor.printable)` in `\(buffer.printable)`"
    }
}
