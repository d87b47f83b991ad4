import Parallel

/// Other limits while jobs run.
extension JobSupervisor {
    /// Takes new limits: jobs share the cores anew, and queued ones begin if there is room for more. Those that run go on,
    /// also where fewer are to run from now on.
    package func adopt(workers: WorkerPolicy, maximumRunning: Int) async {
        (self.workers, self.maximumRunning) = (workers, maximumRunning)
        await launchNext()
    }
}
