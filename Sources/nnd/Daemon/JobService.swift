import ServiceLifecycle

/// Runs the jobs for as long as the daemon lives, and checkpoints them when it ends.
struct JobService: Service {
    let supervisor: JobSupervisor

    func run() async throws {
        await supervisor.launchNext()
        async let _: Void = supervisor.readAhead()
        // Ends when the shutdown begins, or by a cancellation, after which the jobs are just as
        // much worth keeping.
        try? await gracefulShutdown()
        await supervisor.shutDown()
    }
}
