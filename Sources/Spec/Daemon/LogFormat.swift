/// How a line of the daemon's log looks, as the command line and its file name it.
package enum LogFormat: String, Sendable, CaseIterable, DocumentValue {
    /// For people: time, level, what happened, and `key=value` each.
    case text
    /// One object a line, for programs.
    case json
}
