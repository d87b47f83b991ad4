package import Control
package import Foundation

/// What `nnctl daemon status` shows.
package enum DaemonCard {
    package static func rendered(_ daemon: DaemonInfo, now: Date, width: Int?, style: Style) -> String {
        var card = Card("nnd \(daemon.version.printable) is running")
        card.add("pid", "\(daemon.pid)")
        card.add("since", Time.ago(daemon.startedAt, now: now))
        card.add("socket", daemon.socket.printable)
        if let address = daemon.listen { card.add("tcp", address.printable) }
        card.add("state", daemon.stateDirectory.printable)
        card.add("cores", "\(daemon.cores), \(daemon.instructionSet.printable)")
        card.add("jobs", "\(daemon.running) running, \(daemon.queued) queued")
        return card.rendered(width: width, style: style)
    }
}
