import Foundation
public import Spec

/// By what the optimizer's learning rate is multiplied: a pure function of the step, so that there is nothing to save.
public enum Schedule: Sendable, Hashable {
    /// Always 1.
    case constant
    /// Rises to 1 over `warmupSteps`, then falls to 0 at `totalSteps` along half a cosine (Loshchilov & Hutter 2017,
    /// arXiv:1608.03983, eq. 5, without restarts).
    case cosine(warmupSteps: Int, totalSteps: Int)

    /// The schedule that a job file names, for a job of `totalSteps`.
    public init(_ spec: ScheduleSpec, totalSteps: Int) {
        switch spec {
        case .constant: self = .constant
        case .cosine(let cosine): self = .cosine(warmupSteps: cosine.warmupSteps, totalSteps: totalSteps)
        }
    }

    /// The factor of the step that `step` others went before; in 0 ... 1.
    public func factor(step: Int) -> Double {
        switch self {
        case .constant: return 1
        case .cosine(let warmup, let total):
            if step < warmup { return Double(step + 1) / Double(warmup) }
            let progress = Double(step - warmup) / Double(max(1, total - warmup))
            return 0.5 * (1 + cos(Double.pi * min(1, progress)))
        }
    }
}
