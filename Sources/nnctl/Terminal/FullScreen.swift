import Control
import Glibc

/// A terminal whose whole screen is ours for a while: what was on it, its cursor and its settings come back after.
///
/// Keys come at once and unseen; Ctrl-C and Ctrl-Z are signals as before.
struct FullScreen {
    // DEC private modes: 1049 the alternate screen, 25 the cursor, 7 wrapping at the right edge; 2026 shows a frame in one go
    // where a terminal knows that.
    private static let enter = "\u{1B}[?1049h\u{1B}[?25l\u{1B}[?7l\u{1B}[2J"
    private static let leave = "\u{1B}[0m\u{1B}[?7h\u{1B}[?25h\u{1B}[?1049l"

    private let output: StandardStream
    private let settings: termios
    private var isEntered = false

    /// - Throws: `Failure` unless both streams are terminals.
    init(on output: StandardStream) throws(Failure) {
        var settings = termios()
        guard output.isTerminal, unsafe tcgetattr(STDIN_FILENO, &settings) == 0 else {
            throw Failure(
                .usage, "nnctl top fills a terminal, and this is none; `nnctl status --json` is for programs."
            )
        }
        self.output = output
        self.settings = settings
    }

    mutating func begin() throws(StandardStream.WriteError) {
        var raw = settings
        unsafe cfmakeraw(&raw)
        raw.c_lflag |= tcflag_t(ISIG)
        _ = unsafe tcsetattr(STDIN_FILENO, TCSADRAIN, &raw)
        isEntered = true
        try output.write(Self.enter)
    }

    /// Does nothing a second time.
    mutating func end() {
        guard isEntered else { return }
        isEntered = false
        try? output.write(Self.leave)
        var settings = settings
        _ = unsafe tcsetattr(STDIN_FILENO, TCSADRAIN, &settings)
    }

    /// Gives the terminal its settings back and leaves what is on it: for when it takes nothing that is written.
    func abandon() {
        var settings = settings
        _ = unsafe tcsetattr(STDIN_FILENO, TCSANOW, &settings)
    }

    /// Columns and lines, as they are now.
    var size: (width: Int, height: Int) {
        var size = winsize()
        guard unsafe ioctl(output.descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0
        else { return (80, 24) }
        return (Int(size.ws_col), Int(size.ws_row))
    }

    /// Shows the lines from the top of the screen on; there must not be more of them than it has.
    func show(_ lines: [String]) throws(StandardStream.WriteError) {
        // Erased first: behind a line that fills the screen's width, the erasure would take its last character.
        let text = lines.map { "\u{1B}[K" + $0 }.joined(separator: "\r\n")
        try output.write("\u{1B}[?2026h\u{1B}[H" + text + "\u{1B}[J\u{1B}[?2026l")
    }
}
