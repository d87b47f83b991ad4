/// The format of the daemon's file: its keys, and the bounds that the options of `nnd serve` share with them.
package enum DaemonFormat {
    /// Jobs that run at once.
    package static let running = 1...100_000
    /// More than any machine of today has cores; beyond it, a mistake is likelier than a wish.
    package static let workers = 1...1024
    /// Connections that are served at once: fewer than the files that a process may have open.
    package static let connections = 1...60_000

    static let file = MappingRule(fields: [
        .init("state_dir", .text(.absolutePath), "Where the database is."),
        .init("socket", .text(.absolutePath), "The socket's path."),
        .init("group", .text(.group), "A group whose members may connect too."),
        .init("listen", .text(.address), "Where it listens on TCP: 127.0.0.1:PORT or [::1]:PORT."),
        .init("token_file", .text(.absolutePath), "The file with the token for TCP."),
        .init("max_running", .integer(IntegerRule(running)), "How many jobs run at once."),
        .init(
            "workers", .integer(IntegerRule(workers, word: "auto")),
            "How many workers jobs with `workers: auto` share."),
        .init(
            "max_connections", .integer(IntegerRule(connections)), "How many connections are served at once."),
        .init(
            "log_level",
            .choice(ChoiceRule(noun: Noun("level", "levels"), words: LogLevel.allCases.map(\.rawValue))),
            "The least that is logged."),
        .init(
            "log_format",
            .choice(ChoiceRule(noun: Noun("format", "formats"), words: LogFormat.allCases.map(\.rawValue))),
            "How a line of the log looks."),
    ])
}

extension IntegerRule {
    fileprivate init(_ range: ClosedRange<Int>, word: String? = nil) {
        self.init(range: UInt64(range.lowerBound)...UInt64(range.upperBound), word: word)
    }
}
