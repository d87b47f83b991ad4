package import Spec

/// What a resume may not change in a spec, whatever the checkpoint. Pure: what depends on the checkpoint is checked
/// against it.
package struct SpecChange: Sendable {
    package let before: JobSpec
    package let after: JobSpec

    package init(from before: JobSpec, to after: JobSpec) {
        self.before = before
        self.after = after
    }

    /// Why a job cannot go on with the new spec; nil if it may.
    package func refusal(job: String) -> String? {
        if before == after {
            return "The spec of job `\(job)` says that already; leave --set out to go on as it is."
        }
        if before.seed != after.seed {
            return
                "seed: job `\(job)` has drawn its weights and its order of samples with the seed \(before.seed) and "
                + "cannot go on with \(after.seed); start a new job."
        }
        if before.name != after.name {
            return "name: job `\(job)` keeps its name; start a new job for another one."
        }
        if before.optimizer.kind != after.optimizer.kind {
            return
                "optimizer: the checkpoints of job `\(job)` hold the state of `\(before.optimizer.kind)`, which "
                + "`\(after.optimizer.kind)` cannot go on with; start a new job."
        }
        return dataRefusal(job: job)
    }

    private func dataRefusal(job: String) -> String? {
        if before.data.scale != after.data.scale {
            return "data.scale: job `\(job)` was trained on samples scaled in another way; start a new job."
        }
        if before.data.shuffle != after.data.shuffle {
            return
                "data.shuffle: the order of samples is part of how far job `\(job)` has come; start a new job."
        }
        if after.resolvingPaths(relativeTo: "/") != after {
            return "data: paths that a resume sets start at `/`, since the daemon has a directory of its own."
        }
        return nil
    }
}
