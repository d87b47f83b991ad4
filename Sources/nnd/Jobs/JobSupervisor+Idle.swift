import Store

/// What becomes of the daemon's memory when nothing trains.
extension JobSupervisor {
    /// Lets memory go some seconds after something has come to its end: a run, the start, the last of the clients. What is let go
    /// would be needed again at once if more came, and threads that have nothing to do are gone by then.
    package func releaseMemorySoon() {
        guard isIdle, !isReleasePending else { return }
        isReleasePending = true
        Task { [weak self] in
            try? await Task.sleep(for: .seconds(8))
            await self?.releaseMemory()
        }
    }

    /// Lets memory go now, if nothing runs.
    func releaseMemory() async {
        isReleasePending = false
        guard isIdle else { return }
        try? await BlockingWork.run { [store] in
            store.releaseMemory()
            IdleMemory.release()
        }
    }

    private var isIdle: Bool { runs.isEmpty && !isShuttingDown }
}
