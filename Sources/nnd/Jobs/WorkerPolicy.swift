package import Control
package import Spec

/// How many workers a job gets.
package struct WorkerPolicy: Sendable {
    /// As the daemon's own `workers`.
    package static let most = DaemonFormat.workers.upperBound

    /// What `auto` stands for.
    package let automatic: Int

    package init(automatic: Int) {
        self.automatic = automatic
    }

    package func granted(_ asked: WorkerCount) -> Int {
        switch asked {
        case .auto: automatic
        case .count(let count): count
        }
    }

    /// - Throws: `Problem` of code `bad-request`.
    package static func check(_ asked: WorkerCount) throws(Problem) {
        if case .count(let count) = asked, !(1...most).contains(count) {
            throw Problem(
                .badRequest, "workers: expected auto or a number from 1 to \(most), found \(count).")
        }
    }
}
