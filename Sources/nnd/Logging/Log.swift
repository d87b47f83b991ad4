import Foundation
import Glibc
package import Logging
package import Spec
import Synchronization

/// The daemon's log on its standard error; every logger of the daemon writes to it, and all change with it.
package final class Log: Sendable {
    package struct Settings: Sendable, Equatable {
        package var level: LogLevel
        package var format: LogFormat

        package init(level: LogLevel, format: LogFormat) {
            self.level = level
            self.format = format
        }
    }

    private let current: Mutex<Settings>
    /// Lines of several threads do not run into one another.
    private let writing = Mutex(())
    private let isJournal: Bool

    /// - Parameters:
    ///   - settings: What is in force until others are.
    ///   - environment: `JOURNAL_STREAM` tells whether the journal reads the standard error, systemd.exec(5).
    package init(_ settings: Settings, environment: [String: String]) {
        current = Mutex(settings)
        isJournal = JournalStream.isRead(by: environment)
    }

    /// What is in force, for lines that are still to come.
    package var settings: Settings {
        get { current.withLock { $0 } }
        set { current.withLock { $0 = newValue } }
    }

    package func logger() -> Logger {
        Logger(label: "nnd") { _ in DaemonLogHandler(log: self) }
    }

    func write(_ line: LogLine) {
        let text =
            switch settings.format {
            case .json: line.json
            case .text: isJournal ? line.journalText : line.text
            }
        write(text)
    }

    /// Why the daemon cannot begin: a sentence for the terminal, unless a program reads the log.
    func write(failure sentence: String) {
        if isJournal || settings.format == .json {
            write(LogLine(time: Date(), level: .critical, message: sentence))
        } else {
            write("nnd: \(sentence)")
        }
    }

    /// Nobody may be reading any more; the daemon does not depend on it.
    private func write(_ line: String) {
        let bytes = Array((line + "\n").utf8)
        writing.withLock { _ in
            var done = 0
            while done < bytes.count {
                let count = unsafe bytes[done...].withUnsafeBytes {
                    unsafe Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count)
                }
                guard count >= 0 || errno == EINTR else { return }
                done += max(0, count)
            }
        }
    }
}
