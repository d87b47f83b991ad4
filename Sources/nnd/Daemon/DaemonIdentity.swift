import Control
import Foundation
import Parallel

/// What the daemon says of itself; all of it is settled when it starts.
struct DaemonIdentity: Sendable {
    let stateDirectory: StateDirectory
    let socket: SocketPath
    /// Where it listens on TCP, if it does.
    var tcpAddress: String?
    let cores: Int
    let startedAt = Date()
    let instructionSet = Parallel.instructionSet()

    /// Of the database and its log; what is not there counts nothing.
    var databaseBytes: Int {
        ["", "-wal"].reduce(0) { sum, ending in
            let attributes = try? FileManager.default.attributesOfItem(
                atPath: stateDirectory.database + ending)
            return sum + (attributes?[.size] as? Int ?? 0)
        }
    }

    /// Bytes that are free where the database is; nil where the file system does not tell.
    var freeDiskBytes: Int? {
        let attributes = try? FileManager.default.attributesOfFileSystem(forPath: stateDirectory.path)
        return (attributes?[.systemFreeSize] as? NSNumber)?.intValue
    }

    func info(running: Int, queued: Int) -> DaemonInfo {
        DaemonInfo(
            version: Version.current, pid: Int(ProcessInfo.processInfo.processIdentifier),
            stateDirectory: stateDirectory.path, socket: socket.path, startedAt: startedAt,
            instructionSet: instructionSet, cores: cores, running: running, queued: queued, listen: tcpAddress
        )
    }
}
