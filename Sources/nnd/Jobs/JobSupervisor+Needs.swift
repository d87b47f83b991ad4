package import Control
import Datasets
import Files
import Parallel
import Spec

/// What a job would need, before it is made.
extension JobSupervisor {
    /// Reads the spec and the data as a start does, and makes nothing.
    ///
    /// - Parameters:
    ///   - request: As for a start.
    ///   - owner: As for a start.
    ///   - freeDisk: Bytes that are free beside the database; nil where nobody can tell.
    /// - Returns: What it would need.
    /// - Throws: What is wrong with the spec or its data; a lack of memory or disk space is in the answer.
    package func needs(
        _ request: StartRequest, for owner: UInt32? = nil, freeDisk: Int?
    ) async throws -> JobNeeds {
        let order = try StartOrder(request)
        let workers = workersBeside(order.workers)
        return try await BlockingWork.runUntilShutdown {
            try JobNeeds(
                order, workers: workers, freeDisk: freeDisk, freeMemory: availableMemory(), files: .of(owner))
        }
    }

    /// What a job would get if it ran beside those that run now.
    private func workersBeside(_ asked: WorkerCount) -> Int {
        var all = Dictionary(uniqueKeysWithValues: runs.keys.map { ($0, entries[$0]?.workers ?? .auto) })
        // A new job's id is above all others.
        let id = Int.max
        // It takes a place that is free, or that of a job that has ended by then.
        while all.count >= maximumRunning, let first = all.keys.min() { all[first] = nil }
        all[id] = asked
        return CoreShares(cores: self.workers.automatic).workers(for: all)[id] ?? 1
    }
}

extension JobNeeds {
    /// - Throws: `SpecError`, `DataError`, `WeightsError`, `TrainingError` other than for a lack of memory.
    init(
        _ order: StartOrder, workers: Int, freeDisk: Int?, freeMemory: Double, files: FileOpener
    ) throws {
        var spec = order.spec
        spec.training.workers = order.workers
        let least = try MemoryEstimate.least(spec)
        var problem = least.problem(available: freeMemory)
        let job = try problem == nil ? Self.job(spec, &problem, files) : nil
        let memory = try job?.memory(workers: order.workers) ?? least
        problem = problem ?? memory.problem(available: freeMemory)
        let disk = Disk(try spec.checkpointBytes(), spec.checkpoint, job?.plan, free: freeDisk)
        self.init(
            name: order.name, parameters: try spec.model.shapes().parameterCount,
            samples: job.map(Samples.init), steps: job?.plan.totalSteps, batchSize: spec.training.batchSize,
            shards: spec.shards,
            workers: workers, memory: Memory(available: Int(bytes: freeMemory), parts: Memory.Parts(memory)),
            disk: disk, problems: [problem, disk.problem].compactMap(\.self))
    }

    /// The job with its data; nil, and the problem, if it does not fit into the memory.
    private static func job(
        _ spec: JobSpec, _ problem: inout String?, _ files: FileOpener
    ) throws -> TrainingJob? {
        do {
            return try TrainingJob(spec, files: files)
        } catch let error as TrainingError where error.code == .memory {
            problem = error.description
            return nil
        }
    }
}

extension JobNeeds.Samples {
    fileprivate init(_ job: TrainingJob) {
        let test = try? job.test.get()
        self.init(
            train: job.train.count, validation: job.validation?.count, test: test?.count,
            bytes: job.train.bytes + (job.validation?.bytes ?? 0) + (test?.bytes ?? 0))
    }
}

extension JobNeeds.Memory.Parts {
    fileprivate init(_ estimate: MemoryEstimate) {
        let parts = estimate.parts
        self.init(
            weights: Int(bytes: parts.weights), gradients: Int(bytes: parts.gradients),
            optimizer: Int(bytes: parts.optimizer), snapshot: Int(bytes: parts.snapshot),
            activations: Int(bytes: parts.activations), order: Int(bytes: parts.order),
            samples: Int(bytes: parts.samples))
    }
}

extension JobNeeds.Disk {
    /// Before the data is read it is not known how many checkpoints there will be; then the last ones count.
    fileprivate init(_ bytes: Double, _ spec: CheckpointSpec, _ plan: TrainingPlan?, free: Int?) {
        let kept = plan.map {
            KeptCheckpoints(spec, totalSteps: $0.totalSteps, stepsPerEpoch: $0.stepsPerEpoch).count
        }
        // One more is written before an old one is let go, and passes through the log.
        let needed = bytes * (Double(kept ?? spec.keepLast) + 2)
        self.init(
            checkpoint: Int(bytes: bytes), kept: kept, needed: Int(bytes: needed), available: free)
    }

    fileprivate var problem: String? {
        guard let available, needed > available else { return nil }
        return "the job's checkpoints need about \(needed) bytes on the disk with the state directory and "
            + "\(available) are free; make room, or keep fewer with `checkpoint.keep_last`"
    }
}

extension Int {
    /// A number of bytes, however large.
    fileprivate init(bytes: Double) { self = Int(Swift.min(Swift.max(0, bytes), 0x1p62)) }
}
