package import Control
import Foundation

/// What `nnctl daemon audit` shows: a line an entry.
package enum AuditTable {
    package static func rendered(_ list: AuditList, width: Int?, style: Style) -> String {
        var table = Table([
            .init(title: "TIME"), .init(title: "USER"), .init(title: "PID", alignment: .right, rank: 2),
            .init(title: "STATUS", alignment: .right), .init(title: "COUNT", alignment: .right, rank: 1),
            .init(title: "REQUEST", minimum: 12),
        ])
        for entry in list.entries {
            table.append([
                .init(entry.at.formatted(.iso8601)), .init(entry.user?.text ?? "-"),
                .init(entry.pid.map { "\($0)" } ?? "-"), .init("\(entry.status)"), .init("\(entry.count)"),
                .init("\(entry.method) \(entry.path)".printable.trimmingCharacters(in: .whitespaces)),
            ])
        }
        return table.rendered(width: width, style: style)
    }
}
