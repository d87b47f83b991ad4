package import ArgumentParser
package import Control
import Spec

/// `nnctl start SPEC [--name N] [--workers N|auto] [--ranks N] [--launcher mpirun|srun|slurm] [--sbatch OPTION]…
/// [--priority N] [--set key=value]… [--dry-run|--follow|--wait] [--print-id] [--no-spawn]`
package struct Start: Verb {
    package static let configuration = CommandConfiguration(
        commandName: "start", abstract: "Start a job from a file; starts nnd too if it does not run.",
        discussion: "Example: nnctl start job.yaml --set training.epochs=20 --follow")

    @Argument(
        help: "The job file, YAML or JSON. Relative data paths start from its directory.", completion: .file()
    )
    package var spec: String

    @Option(help: "What to call the job. Default: the file's name key.")
    package var name: String?

    @Option(
        parsing: .unconditional, help: "How many workers, or auto. Changes the speed and nothing else.",
        transform: WorkersArgument.read)
    package var workers: WorkersArgument?

    @Option(
        parsing: .unconditional,
        help:
            "How many processes, which mpirun starts, train it together: cluster.ranks. The weights are the same."
    )
    package var ranks: Int?

    @Option(
        help:
            "What starts those processes: mpirun, srun, or slurm to submit a batch job that runs a daemon of its own on the machines that Slurm gives it."
    )
    package var launcher: LauncherArgument?

    @Option(
        help:
            "With --launcher slurm: an option for sbatch, for example time=1:00:00 or partition=long; may be repeated."
    )
    package var sbatch: [String] = []

    @Option(
        parsing: .unconditional,
        help: "Which of the queued jobs come first: those of higher numbers; from -1000 to 1000. Default: 0.")
    package var priority: Int?

    @Option(help: "Set a key of the file, for example optimizer.adam.learning_rate=1e-4; may be repeated.")
    package var set: [String] = []

    @Flag(
        name: .customLong("dry-run"),
        help:
            "Say what the job would need, and whether that is there (else exit with 65); make no job. It is the daemon that says so: nnd is started if it does not run, and goes on."
    )
    package var dryRun = false

    @Flag(help: "Watch the job until it ends; Ctrl-C lets it go on by itself.")
    package var follow = false

    @Flag(help: "Wait until the job ends, and exit as it did.")
    package var wait = false

    @Flag(name: .customLong("print-id"), help: "Print the job's id and nothing else on standard output.")
    package var printID = false

    @Flag(name: .customLong("no-spawn"), help: "Fail if nnd does not run, instead of starting it.")
    package var noSpawn = false

    @OptionGroup package var state: StateOptions
    @OptionGroup package var global: GlobalOptions

    package init() {}

    package func validate() throws {
        guard !(follow && wait) else { throw ValidationError("Give --follow or --wait, not both.") }
        guard !dryRun || !(follow || wait || printID) else {
            throw ValidationError("--dry-run starts no job; leave --follow, --wait and --print-id out.")
        }
        try RanksArgument.check(ranks)
        guard launcher == .slurm || sbatch.isEmpty else {
            throw ValidationError("--sbatch goes with --launcher slurm.")
        }
        guard launcher != .slurm || !(follow || wait || dryRun) else {
            throw ValidationError(
                "--launcher slurm leaves the job to Slurm; leave --follow, --wait and --dry-run out.")
        }
        if let option = sbatch.first(where: { $0.hasPrefix("-") || $0.contains(where: \.isNewline) }) {
            throw ValidationError(
                "--sbatch: expected an option without its hyphens, such as time=1:00:00, found \(option).")
        }
        if let priority, !StartRequest.priorities.contains(priority) {
            throw ValidationError("--priority is a number from -1000 to 1000.")
        }
    }

    package func run(in session: Session) async throws -> ExitStatus {
        let file = try SpecFile(path: spec)
        let set = set + (ranks.map { ["cluster.ranks=\($0)"] } ?? []) + (launcher?.changes ?? [])
        // The daemon checks it too; checking here first gives the sentence even when there is no daemon.
        if launcher != nil, ranks == nil, try file.parse(overrides: self.set).cluster == nil {
            throw Failure(.usage, "--launcher goes with --ranks, or with a job file that has a `cluster`.")
        }
        let parsed = try file.parse(overrides: set)
        if launcher == .slurm, let ranks = parsed.cluster?.ranks {
            return try submit(file, parsed, ranks: ranks, session)
        }
        let request = StartRequest(
            spec: SpecText(file.text), file: file.path, baseDirectory: file.directory, name: name,
            workers: workers?.count, set: set.isEmpty ? nil : set, priority: priority)
        return try await session.withClient { client in
            if dryRun {
                let needs = try await ask(client, session) { try await client.needs(request) }
                try session.print(needs) { NeedsCard.rendered(needs, width: $0, style: session.style) }
                return needs.fits ? .success : .badInput
            }
            // So that it makes one job even if its answer is lost and it is sent again.
            let key = Self.freshKey()
            let job = try await ask(client, session) { try await client.start(request, key: key) }
            if printID {
                try session.output.writeLine("\(job.id)")
            } else if !session.isJSON || !(follow || wait) {
                try session.report(job, "job \(job.title) is \(job.state.rawValue)")
            }
            if follow {
                // With --print-id standard output holds the id alone.
                return try await Follower(client: client, session: session)
                    .follow(job, output: printID ? session.talk : session.output)
            }
            guard wait else { return .success }
            return try await Waiter(client: client, session: session)
                .wait(for: "\(job.id)", timeout: nil, isSilent: printID)
        }
    }

    /// Leaves the job to Slurm.
    private func submit(
        _ file: SpecFile, _ spec: JobSpec, ranks: Int, _ session: Session
    ) throws -> ExitStatus {
        let name = name ?? spec.name
        if let problem = JobSpec.problem(withName: name) { throw Failure(.badInput, "--name: \(problem)") }
        let arguments =
            [try file.path.madeAbsolute()] + (workers.map { ["--workers", $0.word] } ?? [])
            + (priority.map { ["--priority", "\($0)"] } ?? []) + self.set.flatMap { ["--set", $0] }
        let script = BatchScript(
            name: name, ranks: ranks,
            directory: try (state.stateDir ?? "nnd-\(name)").madeAbsolute(),
            nnd: try DaemonProgram.find(searchPath: session.environment["PATH"]),
            nnctl: try DaemonProgram.ownPath(), arguments: arguments, options: sbatch)
        let job = try BatchJob(script, environment: session.environment)
        if printID {
            try session.output.writeLine(job.id)
        } else {
            try session.report(
                job,
                "Slurm has taken the job as \(job.id); what it says goes to \(job.directory.printable)/slurm.log"
            )
        }
        return .success
    }

    /// Asks the daemon, which is started if it is not there; again when the connection broke off before the answer.
    private func ask<Answer>(
        _ client: Client, _ session: Session, _ question: () async throws -> Answer
    ) async throws -> Answer {
        var giveUp: ContinuousClock.Instant?
        while true {
            do {
                return try await question()
            } catch let error as ClientError {
                switch error {
                case .unreachable where !noSpawn:
                    try await DaemonStarter(client: client, session: session, state: state.directory(session))
                        .start()
                case .unreachable where giveUp == nil: throw error
                case .connectionLost, .unreachable:
                    if giveUp == nil { session.say("the connection to the daemon broke off; asking again") }
                    try await Task.sleep(for: .milliseconds(200))
                default: throw error
                }
                let end = giveUp ?? .now + Client.patience
                giveUp = end
                guard ContinuousClock.now < end else { throw error }
            }
        }
    }

    /// 128 random bits.
    private static func freshKey() -> String {
        String(UInt64.random(in: .min ... .max), radix: 16)
            + String(UInt64.random(in: .min ... .max), radix: 16)
    }
}
