import Datasets
import Files
import Logging
import Parallel
import Spec
import Store

/// One run of one job, from reading its data to its end. Whatever goes wrong ends the job, never the daemon.
struct JobRunner: Sendable {
    let id: Int
    /// With whose rights its files are opened; nil for the daemon's own user.
    let owner: UInt32?
    /// The job with its data, if that has been read already.
    let prepared: TrainingJob?
    let supervisor: JobSupervisor

    private var store: Store { supervisor.store }

    func run() async -> JobEnd {
        do {
            // Now, because the run may fail before it needs the spec, which says whether the job is run again.
            _ = try? await supervisor.spec(of: id)
            let start = try await startingPoint()
            let job = try await loadedJob(isGoingOn: start != nil)
            try await checkConditions(of: job)
            return try await train(job, from: start)
        } catch is CancellationError {
            // Nobody waits for its data any more.
            return .yielded
        } catch {
            return JobEnd(error)
        }
    }

    /// A job that goes on needs less than one that begins. What was prepared before another request changed the spec is of
    /// no use.
    private func loadedJob(isGoingOn: Bool) async throws -> TrainingJob {
        let spec = try await supervisor.spec(of: id)
        if let prepared, prepared.spec == spec, isGoingOn || prepared.canBegin { return prepared }
        let (allowance, owner) = (await supervisor.allowance(ofRun: id), owner)
        let reading = Task {
            try await BlockingWork.runUntilCancelled {
                try TrainingJob(spec, isGoingOn: isGoingOn, allowance: allowance, files: .of(owner))
            }
        }
        await supervisor.note(reading, of: id)
        return try await reading.value
    }

    /// The job may have been queued for days, or the daemon been moved, since anybody looked.
    private func checkConditions(of job: TrainingJob) async throws {
        let conditions = RunConditions(job)
        let record = try await store.job(id: id)
        if let difference = conditions.difference(from: record) {
            throw ChangedConditions(description: difference)
        }
        try await store.recordRun(
            job: id, dataFingerprint: conditions.dataFingerprint, instructionSet: conditions.instructionSet,
            totalSteps: job.plan.totalSteps, shards: job.plan.shards,
            scaling: ScalingSnapshot(job.train.scaling), sampleNames: job.train.names.json)
    }

    private func train(_ job: TrainingJob, from start: TrainingSnapshot?) async throws -> JobEnd {
        guard var workers = await supervisor.claimMemory(id, job) else { return .crowded }
        var (start, losses) = (start, LostTrainers())
        var loss: TrainerLost?
        while true {
            let wanted = try await supervisor.spec(of: id).cluster
            var cluster = wanted
            if let lost = loss, let wanted {
                let reachable = await supervisor.hostProbe.reachable(wanted)
                try await note(lost, goingOnFrom: start, on: reachable, of: wanted)
                cluster = reachable
            }
            let begin = start?.cursor.step ?? -1
            let trainer = try await trainer(of: job, from: start, workers: workers, on: cluster, of: wanted)
            let record = try await store.job(id: id)
            let earlier = CurveSummary(try await store.newestMetrics(of: [record])[id] ?? [])
            let training = JobRun.Training(
                job: job, trainer: trainer, workers: workers, most: workers, earlier: earlier)
            loss = nil
            switch await supervisor.attach(training, to: id, on: wanted) {
            case .attached: break
            case .unwanted: return .yielded
            case .outdated:
                workers = await supervisor.share(of: id)
                continue
            }
            do {
                let end = try await follow(trainer)
                guard end == .yielded, await supervisor.takeUpAgain(id) else { return end }
                start = try await startingPoint()
                workers = await supervisor.share(of: id)
            } catch let lost as TrainerLost {
                start = try await startingPoint()
                guard try await supervisor.spec(of: id).cluster?.onFailure == .restart,
                    losses.mayGoOn(hasProgressed: start?.cursor.step ?? -1 > begin)
                else { throw lost }
                loss = lost
                try await Task.sleep(for: losses.pause)
            }
        }
    }

    private func trainer(
        of job: TrainingJob, from start: TrainingSnapshot?, workers: Int, on cluster: ClusterSpec?,
        of wanted: ClusterSpec?
    ) async throws -> any Trainer {
        let (id, supervisor, first) = (id, supervisor, start?.cursor.step ?? -1)
        let sink = JobSnapshotSink(store: store, job: id, retention: job.spec.checkpoint) { cursor in
            if cursor.step > first { await supervisor.committed(id) }
        }
        if let cluster {
            return RemoteTrainer(
                job: job, start: start, workers: workers, sink: sink,
                command: try supervisor.launcher.command(for: cluster), ranks: cluster.ranks,
                wantedRanks: wanted?.ranks, limits: supervisor.remoteLimits)
        }
        return try await BlockingWork.run {
            try Coordinator(job: job, start: start, workers: workers, sink: sink)
        }
    }

    private func note(
        _ loss: TrainerLost, goingOnFrom start: TrainingSnapshot?, on cluster: ClusterSpec,
        of wanted: ClusterSpec
    ) async throws {
        var place = start.map { "goes on from step \($0.cursor.step)" } ?? "begins anew"
        let missing = wanted.hosts.filter { !cluster.hosts.contains($0) }.map(\.name)
        if !missing.isEmpty { place += " without \(missing.joined(separator: ", "))" }
        supervisor.logger.warning(
            "job lost its trainer", metadata: ["job": .stringConvertible(id), "reason": "\(loss)"])
        try await store.log(.warning, "\(loss); \(place)", job: id)
    }

    /// The last whole checkpoint of the job's branch; nil begins from the initial weights.
    private func startingPoint() async throws -> TrainingSnapshot? {
        guard let restored = try await store.latestValidSnapshot(job: id) else { return nil }
        if let damage = restored.damaged.first {
            supervisor.logger.warning(
                "checkpoint damaged; going on from the one before",
                metadata: [
                    "job": .stringConvertible(id), "damage": "\(damage)",
                    "checkpoint": .stringConvertible(restored.checkpoint.id),
                ])
            try await store.log(
                .warning, "\(damage); going on from checkpoint \(restored.checkpoint.id)", job: id)
            try await store.beginBranch(job: id, from: restored.checkpoint.id)
        }
        return restored.snapshot
    }

    private func logHold(_ progress: TrainingProgress) {
        let place: Logger.Metadata = [
            "job": .stringConvertible(id), "step": .stringConvertible(progress.cursor.step),
        ]
        if let reason = progress.heldReason {
            supervisor.logger.warning("job paused: \(reason)", metadata: place)
        } else {
            supervisor.logger.notice("job goes on", metadata: place)
        }
    }

    private func follow(_ trainer: any Trainer) async throws -> JobEnd {
        let (id, supervisor) = (id, supervisor)
        let start = ProgressLog(samples: await trainer.progress.cursor.samples)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                var heldReason: String?
                var log = start
                for await progress in trainer.updates() {
                    if progress.heldReason != heldReason { logHold(progress) }
                    heldReason = progress.heldReason
                    if let speed = log.speedIfDue(samples: progress.cursor.samples) {
                        logProgress(progress, speed)
                    }
                    await supervisor.progressed(id)
                }
            }
            defer { group.cancelAll() }
            let outcome = try await trainer.run()
            let end = await trainer.progress
            logProgress(end, start.overallSpeed(samples: end.cursor.samples))
            return JobEnd(outcome)
        }
    }

    private func logProgress(_ progress: TrainingProgress, _ samplesPerSecond: Double) {
        supervisor.logger.info(
            "job progress", metadata: progress.metadata(job: id, samplesPerSecond: samplesPerSecond))
    }
}

/// The job's weights would no longer be a function of its spec alone.
private struct ChangedConditions: Error, CustomStringConvertible {
    let description: String
}

extension RunConditions {
    init(_ job: TrainingJob) {
        self.init(
            dataFingerprint: job.dataFingerprint, instructionSet: Parallel.instructionSet(of: job.spec),
            isPortable: job.spec.cluster?.isPortable ?? false)
    }
}

extension JobEnd {
    init(_ outcome: TrainingOutcome) {
        self =
            switch outcome {
            case .completed: .completed
            case .stoppedEarly(let reason): .stoppedEarly(reason: reason)
            case .stopped, .paused: .yielded
            case .failed(let reason): .failed(reason: reason)
            }
    }
}
