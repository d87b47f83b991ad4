import Control

/// Where `follow` draws: a live line at the bottom of a terminal, plain lines anywhere else.
struct FollowDisplay {
    private let output: StandardStream
    private let style: Style
    /// nil when the output does not go to a terminal that can redraw a line.
    private var live: LiveLine?
    private var state: JobState?
    /// The state that a line has told of last.
    private var told: JobState?

    init(on output: StandardStream, environment: [String: String], style: Style) {
        self.output = output
        self.style = style
        live = output.isTerminal && environment["TERM"] != "dumb" ? LiveLine(on: output) : nil
    }

    /// Whether there is a line that is redrawn.
    var isLive: Bool { live != nil }

    mutating func begin(_ job: JobStatus) throws {
        state = job.state
        guard live == nil else { return try show(job) }
        // A job that rests is told of by its end.
        guard !job.isAtRest else { return }
        told = job.state
        try output.writeLine("\(OutcomeLine.rendered(job)), \(String.counted(job.workers, "worker"))")
    }

    mutating func show(_ job: JobStatus) throws {
        if live != nil {
            try live?.show(ProgressLine.rendered(job, width: output.width ?? 80, style: style))
        } else if job.state != state, !job.state.isTerminal {
            // A job that is paused may go on by itself; then this is not its end.
            try tell(job)
        }
        state = job.state
    }

    /// Tells that the daemon has gone away and is waited for; `say` is for where there is no live line.
    mutating func away(_ job: JobStatus, _ sentence: String, say: (String) -> Void) throws {
        guard live != nil else { return say(sentence) }
        let width = (output.width ?? 80) - 1
        try live?.show(style.paint("job \(job.title): \(sentence)".truncated(to: width), .yellow))
    }

    /// Writes a line that stays.
    func keep(_ line: String) throws {
        guard let live else { return try output.writeLine(line) }
        try live.keep(line.truncated(to: output.width ?? 80))
    }

    /// Clears the live line and tells how the job ended; of one that has not, nothing is known.
    mutating func end(_ job: JobStatus) throws {
        try live?.clear()
        guard job.isAtRest, told != job.state else { return }
        try tell(job)
    }

    private mutating func tell(_ job: JobStatus) throws {
        told = job.state
        let line = OutcomeLine.rendered(job)
        try output.writeLine(job.isAtRest ? style.paint(line, job.state.color) : line)
    }
}
