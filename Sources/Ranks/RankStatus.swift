/// The exit codes of a rank, a part of those of `nnd`.
enum RankStatus: Int32 {
    case success = 0
    case jobFailed = 1
    case usage = 64
    /// The job file or the data it names is wrong, or the ranks do not go together.
    case badInput = 65
    case internalError = 70
}
