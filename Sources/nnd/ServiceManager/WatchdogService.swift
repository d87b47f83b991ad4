import ServiceLifecycle

/// Tells the service manager that the daemon is alive, for as long as the supervisor answers: a daemon whose supervisor
/// is stuck is started anew.
struct WatchdogService: Service {
    let manager: ServiceManager
    let interval: Duration
    let supervisor: JobSupervisor

    func run() async throws {
        while !Task.isShuttingDownGracefully, !Task.isCancelled {
            let (running, queued) = (await supervisor.runs.count, await supervisor.queue.count)
            manager.notify("WATCHDOG=1", "STATUS=\(ServiceStatus(running: running, queued: queued).text)")
            // Twice as often as has to be, as sd_watchdog_enabled(3) recommends.
            try? await cancelWhenGracefulShutdown { try await Task.sleep(for: interval / 2) }
        }
    }
}

/// What `systemctl status` shows.
struct ServiceStatus: Sendable {
    let running: Int
    let queued: Int

    var text: String {
        let jobs = running == 1 ? "1 job" : "\(running) jobs"
        return queued == 0 ? "\(jobs) running" : "\(jobs) running, \(queued) queued"
    }
}
