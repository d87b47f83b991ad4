package import Control
package import Foundation

/// A line of `nnctl logs`: when, of what kind, what.
package enum EventLine {
    private static let kinds = JobEvent.Kind.allCases.map(\.rawValue.count).max() ?? 0

    /// `now` is what its age is counted from, `width` that of the terminal, on which longer lines go on under the message; nil
    /// where there is none, which gets absolute times and whole lines.
    package static func rendered(_ event: JobEvent, now: Date, width: Int?, style: Style) -> String {
        let message = event.message.printable
        guard let width else {
            return "\(WireDate.string(event.at))  \(event.kind.rawValue.padded(to: kinds))  \(message)"
        }
        let age = Time.ago(event.at, now: now).padded(to: 7, .right)
        // Where there is little room the message says enough.
        let kind = width < 60 ? "" : event.kind.rawValue.padded(to: kinds) + "  "
        let indent = age.count + 2 + kind.count
        let lines = message.wrapped(to: max(8, width - indent)).map {
            $0.truncated(to: max(8, width - indent))
        }
        return style.paint(age, .dim) + "  " + kind
            + style.paint(lines.joined(separator: "\n" + String(repeating: " ", count: indent)), color(event))
    }

    private static func color(_ event: JobEvent) -> Style.Color? {
        switch event.kind {
        case .warning: .yellow
        case .state where event.message.hasPrefix("failed"): .red
        case .state: .bold
        case .created, .checkpoint, .branch, .workers, .note: nil
        }
    }
}
