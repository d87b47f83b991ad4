import Parallel

/// One run of a coordinator for a daemon in another process.
struct TrainerRun {
    let coordinator: Coordinator
    let connection: TrainerService.Connection
    let sink: WireSink

    /// Does what the daemon says until the run is over, and tells it how it ended.
    ///
    /// - Throws: Why it has failed; `WireError` when the daemon is gone.
    func carryOut() async throws -> TrainingOutcome {
        let requests = Task { await obey() }
        let reports = Task { [coordinator, connection] in
            for await progress in coordinator.updates() {
                connection.sendNewest(.progress(progress, await coordinator.timings))
            }
        }
        let result: Result<TrainingOutcome, any Error>
        do { result = .success(try await coordinator.run()) } catch { result = .failure(error) }
        // The updates end with the run, and all of them are told before how it ended.
        await reports.value
        requests.cancel()
        if let end = await sink.end { throw end }
        switch result {
        case .success(let outcome): connection.send(.ended(outcome))
        case .failure(let error): connection.send(.failed(TrainingFailure(error)))
        }
        return try result.get()
    }

    private func obey() async {
        for await item in connection.incoming {
            switch item {
            case .message(let request): await obey(request)
            case .snapshot: await leave(WireError(.malformed, "the daemon sends a second snapshot"))
            case .ended(let error): await leave(error)
            }
        }
    }

    /// Nobody is left for whom to train.
    private func leave(_ error: WireError) async {
        await sink.end(error)
        await coordinator.kill()
    }

    private func obey(_ request: TrainerRequest) async {
        switch request {
        case .begin, .start: await leave(WireError(.malformed, "the daemon starts the job a second time"))
        case .stop: await coordinator.stop()
        case .pause: await coordinator.pause()
        case .kill: await coordinator.kill()
        case .scale(let workers, let number):
            answer(number) { [coordinator] in try await coordinator.scale(to: workers) }
        case .scaleSoon(let workers): await coordinator.scaleSoon(to: workers)
        case .checkpoint(let number): answer(number) { [coordinator] in try await coordinator.checkpoint() }
        case .checkpointSoon: await coordinator.checkpointSoon()
        case .retryCommit: await coordinator.retryCommit()
        case .committed: await sink.take(.committed)
        case .held(let reason): await sink.take(.held(reason))
        case .commitFailed(let reason): await sink.take(.failed(reason))
        }
    }

    /// What comes next need not wait for this.
    private func answer(_ number: Int, _ work: @escaping @Sendable () async throws -> Void) {
        Task { [connection] in
            do {
                try await work()
                connection.send(.answer(number: number, nil))
            } catch {
                connection.send(.answer(number: number, TrainerRefusal(error)))
            }
        }
    }
}
