import ServiceLifecycle

/// Runs the jobs for as long as the daemon lives, and checkpoints them when it ends.
struct JobService: Service {
    let supervisor: JobSupervisor
    /// Is told that checkpoints take their time.
    let manager: ServiceManager?

    /// Longer than a commit that moves on; after this many turns nobody is asked to wait any longer.
    private static let extensions = (length: Duration.seconds(30), turn: Duration.seconds(10), turns: 60)

    func run() async throws {
        await supervisor.launchNext()
        async let _: Void = supervisor.readAhead()
        // Ends when the shutdown begins, or by a cancellation, after which the jobs are just as
        // much worth keeping.
        try? await gracefulShutdown()
        let patience = Task { await askForPatience() }
        await supervisor.shutDown()
        patience.cancel()
    }

    /// A checkpoint that is cut short is the one before, but an hour of training may lie between them.
    private func askForPatience() async {
        guard let manager else { return }
        manager.notify("STOPPING=1", "STATUS=taking checkpoints of all running jobs")
        let microseconds = Int(Self.extensions.length / .microseconds(1))
        for _ in 0..<Self.extensions.turns {
            manager.notify("EXTEND_TIMEOUT_USEC=\(microseconds)")
            guard (try? await Task.sleep(for: Self.extensions.turn)) != nil else { return }
        }
    }
}
