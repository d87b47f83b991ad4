import Foundation
import Logging
import Spec

/// What `Logger` calls: writes events to the daemon's ``Log``.
struct DaemonLogHandler: LogHandler {
    let log: Log
    var metadata: Logger.Metadata = [:]
    var metadataProvider: Logger.MetadataProvider?
    /// What was set on this one logger, to make a library quieter.
    private var own: Logger.Level?

    init(log: Log) {
        self.log = log
    }

    /// The log's, which may change while the daemon runs. A logger's own, higher one holds unless somebody looks for a mistake.
    var logLevel: Logger.Level {
        get {
            let level = log.settings.level.level
            guard let own, level >= .info else { return level }
            return max(own, level)
        }
        set { own = newValue }
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        var all = metadata.merging(event.metadata ?? [:]) { _, newer in newer }
        if let error = event.error { all["error"] = "\(error)" }
        log.write(
            LogLine(time: Date(), level: event.level, message: event.message.description, metadata: all))
    }
}

extension LogLevel {
    var level: Logger.Level {
        switch self {
        case .trace: .trace
        case .debug: .debug
        case .info: .info
        case .notice: .notice
        case .warning: .warning
        case .error: .error
        case .critical: .critical
        }
    }
}
