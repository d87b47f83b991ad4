import ArgumentParser
import Control
import Foundation
import Parallel

/// `nnd serve`
struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Serve the API on a Unix socket and run the jobs until SIGTERM.",
        discussion: "Example: nnd serve --state-dir ~/nnd --socket /tmp/nnd.sock")

    @Option(help: "Where the database is (default: $STATE_DIRECTORY, $XDG_STATE_HOME/nnd).")
    var stateDir: String?

    @Option(help: "The socket's path (default: $NND_SOCKET, $XDG_RUNTIME_DIR/nnd/nnd.sock).")
    var socket: String?

    @Option(
        help:
            "Listens on TCP too, on this machine alone: 127.0.0.1:PORT or [::1]:PORT; requests need the token."
    )
    var listen: String?

    @Option(
        help: "The file with the token for TCP (default: `token` in the state directory, made if missing).")
    var tokenFile: String?

    @Option(help: "How many jobs run at once; the others wait in a queue.")
    var maxRunning = 1

    @Option(help: "How many workers jobs with `workers: auto` share (default: the CPUs it may use).")
    var workers: Int?

    @Option(help: "How many connections are served at once; what comes above is told to come again.")
    var maxConnections = ConnectionLimits().connections

    @Option(
        help:
            "A descriptor that gets the line READY when the daemon serves, or else a line that says why not.")
    var readyFd: Int32?

    @Option(
        help: "The least of what is logged: \(LogLevel.allCases.map(\.rawValue).joined(separator: ", ")).")
    var logLevel = LogLevel.info

    func validate() throws {
        guard maxRunning >= 1 else { throw ValidationError("--max-running: expected at least 1.") }
        guard (1...60_000).contains(maxConnections) else {
            throw ValidationError("--max-connections: expected a number from 1 to 60000.")
        }
        if tokenFile != nil, listen == nil {
            throw ValidationError("--token-file: the token is for TCP; give --listen too.")
        }
        if let workers, !(1...WorkerPolicy.most).contains(workers) {
            throw ValidationError("--workers: expected a number from 1 to \(WorkerPolicy.most).")
        }
    }

    func run() async throws {
        var readiness: ReadinessPipe?
        do {
            readiness = try readyFd.map(ReadinessPipe.init(descriptor:))
            try await Daemon(try settings(), readiness: readiness).run()
        } catch let error as StartupError {
            FileHandle.standardError.write(Data("nnd: \(error)\n".utf8))
            readiness?.announceFailure(error.description)
            throw ExitCode(error.status.rawValue)
        } catch {
            FileHandle.standardError.write(Data("nnd: The daemon met an unexpected error: \(error).\n".utf8))
            throw ExitCode(Control.ExitStatus.internalError.rawValue)
        }
    }

    private func settings() throws(StartupError) -> Daemon.Settings {
        let environment = ProcessInfo.processInfo.environment
        let user = geteuid()
        var limits = ConnectionLimits()
        limits.connections = maxConnections
        let address = try listen.map { text throws(StartupError) in try LoopbackAddress(text) }
        do {
            let directory = try StateDirectory.find(
                option: stateDir, environment: environment, userID: user)
            return Daemon.Settings(
                stateDirectory: directory,
                socket: try .find(option: socket, environment: environment, userID: user),
                listen: address, tokenFile: TokenFile(option: tokenFile, directory: directory.path),
                maximumRunning: maxRunning,
                workers: WorkerPolicy(automatic: workers ?? automaticWorkerCount()),
                limits: limits, logLevel: logLevel.level)
        } catch {
            throw StartupError(error.exitStatus, error.description)
        }
    }
}
