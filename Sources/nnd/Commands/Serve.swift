import ArgumentParser
import Control
import Foundation
import Spec

/// `nnd serve`
struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Serve the API on a Unix socket and run the jobs until SIGTERM.",
        discussion: "Example: nnd serve --state-dir ~/nnd --socket ~/nnd/nnd.sock")

    @Option(help: "Where the database is (default: $STATE_DIRECTORY, $XDG_STATE_HOME/nnd).")
    var stateDir: String?

    @Option(help: "The socket's path (default: $NND_SOCKET, $XDG_RUNTIME_DIR/nnd/nnd.sock).")
    var socket: String?

    @Option(
        help: "A group, by name or number, whose members may connect too (default: only this user and root).")
    var group: String?

    @Option(
        help:
            "Listens on TCP too, on this machine alone: 127.0.0.1:PORT or [::1]:PORT; requests need the token."
    )
    var listen: String?

    @Option(
        help: "The file with the token for TCP (default: `token` in the state directory, made if missing).")
    var tokenFile: String?

    @Option(help: "How many jobs run at once; the others wait in a queue (default: 1).")
    var maxRunning: Int?

    @Option(help: "How many workers jobs with `workers: auto` share (default: the CPUs it may use).")
    var workers: Int?

    @Option(
        help: """
            How many connections are served at once; what comes above is told to come again \
            (default: \(ConnectionAllowance.usual)).
            """)
    var maxConnections: Int?

    @Option(
        help:
            "A descriptor that gets the line READY when the daemon serves, or else a line that says why not.")
    var readyFd: Int32?

    @Option(
        help: ArgumentHelp(
            "The least of what is logged: \(LogLevel.allCases.map(\.rawValue).joined(separator: ", ")) (default: info).",
            valueName: "level"))
    var logLevel: LogLevel?

    @Option(
        help: ArgumentHelp(
            "How a line of the log looks: text, or json for one object a line (default: text).",
            valueName: "format"))
    var logFormat: LogFormat?

    @Option(
        help: """
            The daemon's file (default: nnd.yaml in $CONFIGURATION_DIRECTORY, $XDG_CONFIG_HOME/nnd; root: \
            /etc/nnd). What is given here wins over it. SIGHUP reads it again.
            """)
    var config: String?

    @Flag(help: "Print what would be in force, and where each of it is from, and end.")
    var check = false

    func validate() throws {
        try require(maxRunning, "--max-running", DaemonFormat.running)
        try require(workers, "--workers", DaemonFormat.workers)
        try require(maxConnections, "--max-connections", DaemonFormat.connections)
    }

    private func require(_ number: Int?, _ option: String, _ range: ClosedRange<Int>) throws {
        guard let number, !range.contains(number) else { return }
        throw ValidationError(
            "\(option): expected a number from \(range.lowerBound) to \(range.upperBound), found \(number).")
    }

    func run() async throws {
        let environment = ProcessInfo.processInfo.environment
        let configuration = Configuration(
            options: said, path: config, environment: environment, userID: geteuid())
        if check { return try print(configuration) }
        // Until the file has been read, what the command line says of it.
        let log = Log(
            .init(level: logLevel ?? .info, format: logFormat ?? .text), environment: environment)
        var readiness: ReadinessPipe?
        do {
            readiness = try readyFd.map(ReadinessPipe.init(descriptor:))
            let settings = try configuration.settings()
            log.settings = settings.log
            try await Daemon(settings, from: configuration, log: log, readiness: readiness).run()
        } catch let error as StartupError {
            log.write(failure: error.description)
            readiness?.announceFailure(error.description)
            throw ExitCode(error.status.rawValue)
        } catch {
            log.write(failure: "The daemon met an unexpected error: \(error).")
            throw ExitCode(Control.ExitStatus.internalError.rawValue)
        }
    }

    /// What the options say.
    private var said: DaemonConfiguration {
        var said = DaemonConfiguration()
        said.stateDir = stateDir
        said.socket = socket
        said.group = group
        said.listen = listen
        said.tokenFile = tokenFile
        said.maxRunning = maxRunning
        said.workers = workers.map { .count($0) }
        said.maxConnections = maxConnections
        said.logLevel = logLevel
        said.logFormat = logFormat
        return said
    }

    private func print(_ configuration: Configuration) throws {
        do {
            FileHandle.standardOutput.write(Data(try ConfigurationReport(configuration).text.utf8))
        } catch {
            FileHandle.standardError.write(Data("nnd: \(error)\n".utf8))
            throw ExitCode(error.status.rawValue)
        }
    }
}
