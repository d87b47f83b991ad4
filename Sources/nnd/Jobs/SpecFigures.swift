package import Spec

/// What a job's status shows of its spec: a few bytes, where a spec takes kilobytes.
package struct SpecFigures: Sendable, Equatable {
    /// nil if the length is given in steps.
    package let totalEpochs: Int?
    package let maxRestarts: Int
    package let shards: Int
    package let batchSize: Int
    /// nil if it trains in the daemon's own process.
    package let ranks: Int?

    /// A spec that cannot be read (nil) leaves its sizes at 0.
    package init(_ spec: JobSpec?) {
        if case .epochs(let epochs) = spec?.training.length {
            totalEpochs = epochs
        } else {
            totalEpochs = nil
        }
        ranks = spec?.cluster?.ranks
        maxRestarts = spec?.restart?.max ?? 0
        (shards, batchSize) = (spec?.shards ?? 0, spec?.training.batchSize ?? 0)
    }
}
