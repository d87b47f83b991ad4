package import Foundation

/// Lengths of time as people read them.
package enum Time {
    /// As a clock shows it: `0:42`, `1:02:05`, `2d 03:00:00`.
    package static func clock(_ seconds: Double) -> String {
        let total = whole(seconds)
        let (days, hours, minutes) = (total / 86_400, total / 3600 % 24, total / 60 % 60)
        let rest = ":" + two(total % 60)
        if days > 0 { return "\(days)d \(two(hours)):\(two(minutes))\(rest)" }
        return hours > 0 ? "\(hours):\(two(minutes))\(rest)" : "\(minutes)\(rest)"
    }

    /// `0.12 s` below ten seconds, where a clock would say too little.
    package static func elapsed(_ seconds: Double) -> String {
        (0..<10).contains(seconds) ? Number.fixed(seconds, 2) + " s" : clock(seconds)
    }

    /// In one unit: `42s`, `3m`, `2h`, `5d`.
    package static func short(_ seconds: Double) -> String {
        let total = whole(seconds)
        switch total {
        case ..<60: return "\(total)s"
        case ..<3600: return "\(total / 60)m"
        case ..<86_400: return "\(total / 3600)h"
        default: return "\(total / 86_400)d"
        }
    }

    /// `3m ago`
    package static func ago(_ date: Date, now: Date) -> String {
        short(now.timeIntervalSince(date)) + " ago"
    }

    /// Clocks may be set back: what began in the future began just now.
    private static func whole(_ seconds: Double) -> Int {
        seconds.isFinite ? Int(min(max(seconds.rounded(), 0), 1e12)) : 0
    }

    private static func two(_ number: Int) -> String {
        number < 10 ? "0\(number)" : "\(number)"
    }
}
