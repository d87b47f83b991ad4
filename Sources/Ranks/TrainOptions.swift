import ArgumentParser
import Parallel

/// The command line of a rank.
struct RankCommandLine: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "nnd-rank",
        abstract: "Trains a job together with the other processes that mpirun has started.",
        subcommands: [TrainOptions.self, ServeOptions.self])

    /// What to train; nil to serve a daemon.
    /// - Throws: What `exit(withError:)` takes.
    static func ofThisProcess() throws -> TrainOptions? {
        let command = try parseAsRoot()
        if command is ServeOptions { return nil }
        guard let options = command as? TrainOptions else {
            throw CleanExit.helpRequest(RankCommandLine.self)
        }
        return options
    }
}

/// `nnd-rank train`
struct TrainOptions: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "train",
        abstract: "Train a job file to its end, without a daemon.",
        discussion: """
            The weights have the same digest at any number of processes. All of them read the job file and the data. The \
            first prints the digest.

            Example: mpirun -np 4 nnd-rank-openmpi train job.yaml
            """)

    @Argument(help: "A job file.")
    var spec: String

    @Option(help: "Workers of each process.")
    var workers = 1

    @Option(name: .customLong("set"), help: "A key of the job file and what to set it to: KEY=VALUE.")
    var changes: [String] = []

    @Flag(help: "One JSON object.")
    var json = false

    @Option(
        help: ArgumentHelp("Send longer messages in parts of so many bytes.", visibility: .hidden))
    var longestMessage = TrainOptions.longestMessage

    /// What MPI can count.
    static let longestMessage = Int(Int32.max)

    func validate() throws {
        guard (1...Coordinator.largestWorkerCount).contains(workers) else {
            throw ValidationError(
                "--workers: expected a number from 1 to \(Coordinator.largestWorkerCount), found \(workers).")
        }
        guard longestMessage > 0 else {
            throw ValidationError("--longest-message: expected a number above 0, found \(longestMessage).")
        }
    }
}
