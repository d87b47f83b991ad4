/// The least that the daemon logs, as the command line and its file name it.
package enum LogLevel: String, Sendable, CaseIterable, DocumentValue {
    case trace, debug, info, notice, warning, error, critical
}
