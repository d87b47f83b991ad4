import Control
import Foundation
import Parallel

/// What the daemon says of itself; all of it is settled when it starts.
struct DaemonIdentity: Sendable {
    let stateDirectory: StateDirectory
    let socket: SocketPath
    let cores: Int
    let startedAt = Date()

    func info(running: Int, queued: Int) -> DaemonInfo {
        DaemonInfo(
            version: Version.current, pid: Int(ProcessInfo.processInfo.processIdentifier),
            stateDirectory: stateDirectory.path, socket: socket.path, startedAt: startedAt,
            instructionSet: instructionSet(), cores: cores, running: running, queued: queued)
    }
}
