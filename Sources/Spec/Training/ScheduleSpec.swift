/// How the learning rate changes while training goes on.
public enum ScheduleSpec: Sendable, Equatable {
    /// It does not.
    case constant
    case cosine(CosineSpec)
}

/// From the optimizer's learning rate down to zero at the last step, along half a cosine (Loshchilov & Hutter 2017,
/// arXiv:1608.03983, eq. 5, without restarts).
public struct CosineSpec: Sendable, Equatable {
    /// Steps at the beginning over which the rate rises in equal parts to the optimizer's.
    public var warmupSteps: Int

    /// - Parameter warmupSteps: At least 0.
    public init(warmupSteps: Int = 0) {
        self.warmupSteps = warmupSteps
    }
}
