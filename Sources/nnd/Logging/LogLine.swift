package import Foundation
package import Logging
import Spec

/// One event of the log as it is written: always one line, whatever names and paths hold.
package struct LogLine: Sendable {
    package var time: Date
    package var level: Logger.Level
    package var message: String
    package var metadata: Logger.Metadata

    package init(time: Date, level: Logger.Level, message: String, metadata: Logger.Metadata = [:]) {
        self.time = time
        self.level = level
        self.message = message
        self.metadata = metadata
    }

    /// The journal takes lines of 48 KiB and begins another line with what is left, which would then not be ours.
    static let mostBytes = 40 << 10
}

extension String {
    /// Its beginning, if it is longer than so many bytes.
    func limited(to bytes: Int) -> String {
        utf8.count <= bytes ? self : String(decoding: utf8.prefix(bytes), as: UTF8.self) + "…"
    }
}

extension Logger.Level {
    /// As syslog(3) counts, which knows no `trace`.
    var priority: Int {
        switch self {
        case .trace, .debug: 7
        case .info: 6
        case .notice: 5
        case .warning: 4
        case .error: 3
        case .critical: 2
        }
    }
}
