import Control

/// Shows on standard error how far a verification has come: one line that is redrawn on a terminal, and a line for each
/// tenth of the way elsewhere. Nothing depends on whether anybody sees it.
struct VerifyProgressDisplay {
    private let session: Session
    private var live: LiveLine?
    private var tenths = 0

    init(_ session: Session) {
        self.session = session
        guard session.talk.isTerminal, session.environment["TERM"] != "dumb", !session.isQuiet else { return }
        live = LiveLine(on: session.talk)
    }

    mutating func show(_ progress: VerifyProgress) {
        guard let line = VerifyLine.rendered(.progress(progress), job: "") else { return }
        if live != nil {
            try? live?.show(line)
            return
        }
        let (done, all) = (progress.step - progress.fromStep, progress.toStep - progress.fromStep)
        let reached = all > 0 ? Int(10 * Double(done) / Double(all)) : 0
        guard reached > tenths else { return }
        tenths = reached
        session.say(line)
    }

    mutating func clear() { try? live?.clear() }
}
