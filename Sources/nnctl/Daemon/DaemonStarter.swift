import Control
import Glibc

/// Starts `nnd serve` in the background and waits until it serves.
struct DaemonStarter {
    let client: Client
    let session: Session
    let state: StateDirectory

    /// Does nothing if a daemon serves already.
    func start() async throws {
        try state.create()
        // Before anything is written there: what somebody else has made may hold links to anywhere.
        try state.checkOwner(userID: geteuid())
        // Of several processes that find no daemon at once, one starts it and the others wait for that here.
        let lock = try FileLock(path: state.path + "/spawn.lock")
        defer { lock.release() }
        if let daemon = try await running() {
            session.say("nnd is running already (process \(daemon.pid))")
            return
        }
        let program = try DaemonProgram.find(searchPath: session.environment["PATH"])
        let arguments = [
            "serve", "--state-dir", try state.path.madeAbsolute(), "--socket",
            try session.socket.path.madeAbsolute(),
        ]
        let process = try DaemonProcess.launch(program, arguments, log: state.log)
        try process.waitUntilReady(log: state.log)
        session.say("started nnd (process \(process.id)); its log is \(state.log)")
    }

    private func running() async throws(ClientError) -> DaemonInfo? {
        do {
            return try await client.daemon()
        } catch .unreachable {
            return nil
        }
    }
}
