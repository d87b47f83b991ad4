/// What the exit codes of both programs mean; scripts rely on the numbers (most are those of BSD's
/// `sysexits.h`).
public enum ExitStatus: Int32, Sendable, CaseIterable {
    case success = 0
    case jobFailed = 1
    /// The job, or the daemon that was asked about, is not running.
    case notRunning = 3
    case noSuchJob = 4
    case usage = 64
    /// A job file or the data it names is wrong.
    case badInput = 65
    case daemonUnreachable = 69
    case internalError = 70
    case cannotCreate = 73
    case inputOutput = 74
    /// The same command may well succeed later.
    case temporary = 75
    case noPermission = 77
    case timedOut = 124
}
