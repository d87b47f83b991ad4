package import Control
import Datasets
import Files
import Parallel
import Spec
import Store

/// What a job would need, before it is made.
extension JobSupervisor {
    /// Reads the spec and the data as a start does, and makes nothing.
    ///
    /// - Parameters:
    ///   - request: As for a start.
    ///   - owner: As for a start.
    ///   - freeDisk: Bytes that are free beside the database; nil where nobody can tell.
    /// - Returns: What it would need.
    /// - Throws: What is wrong with the spec, its data or the name; a lack of memory or disk space is in the answer.
    package func needs(
        _ request: StartRequest, for owner: UInt32? = nil, freeDisk: Int?
    ) async throws -> JobNeeds {
        // A long spec takes its time, in which others are answered.
        let order = try await BlockingWork.runUntilShutdown { try StartOrder(request) }
        if order.ifNameTaken == .refuse { try await store.checkIsFree(name: order.name) }
        let allowance = allowance(for: order.workers)
        let checked = try await BlockingWork.runUntilShutdown {
            try CheckedOrder(order, allowance, .of(owner))
        }
        let total: @Sendable (Int) -> Int = { [launcher] in
            launcher.workers(of: order.spec.cluster, asking: order.workers, share: $0)
        }
        let workers = total(
            workersBeside(
                MemoryShares.Claim(asked: order.workers) { checked.memory.on(workers: total($0)).bytes }))
        return try JobNeeds(
            order, checked, workers: workers, freeDisk: freeDisk, freeMemory: memory.available)
    }

    /// What a job would get if it ran beside those that run now.
    private func workersBeside(_ claim: MemoryShares.Claim) -> Int {
        var all = Dictionary(uniqueKeysWithValues: runs.keys.map { ($0, memoryClaim(of: $0)) })
        // It takes a place that is free, or that of a job that has ended by then; the memory is as with the places.
        while let first = all.keys.min(),
            all.count >= maximumRunning || !memory.fits(all.values + [claim])
        {
            all[first] = nil
        }
        // A new job's id is above all others.
        let id = Int.max
        all[id] = claim
        let cores = CoreShares(cores: workers.automatic).workers(for: all.mapValues(\.asked))
        return memory.workers(for: all, atMost: cores)[id] ?? 1
    }
}

/// A job as far as it could be read, and whether it fits into the memory.
private struct CheckedOrder: Sendable {
    /// Nil if it does not fit.
    let job: TrainingJob?
    let memory: MemoryEstimate
    let problem: String?

    /// - Throws: `SpecError`, `DataError`, `WeightsError`, `TrainingError` other than for a lack of memory.
    init(_ order: StartOrder, _ allowance: MemoryAllowance, _ files: FileOpener) throws {
        do {
            let job = try TrainingJob(order.spec, allowance: allowance, files: files)
            (self.job, memory, problem) = (job, try job.memory(workers: allowance.workers), nil)
        } catch let error as TrainingError where error.code == .memory {
            let least = try MemoryEstimate.least(order.spec, workers: allowance.workers)
            (job, memory, problem) = (nil, least, error.description)
        }
    }
}

extension JobNeeds {
    fileprivate init(
        _ order: StartOrder, _ checked: CheckedOrder, workers: Int, freeDisk: Int?, freeMemory: Double
    ) throws {
        let (spec, job) = (order.spec, checked.job)
        let disk = Disk(try spec.checkpointBytes(), spec.checkpoint, job?.plan, free: freeDisk)
        self.init(
            name: order.name, parameters: try spec.model.shapes().parameterCount,
            samples: job.map(Samples.init), steps: job?.plan.totalSteps, batchSize: spec.training.batchSize,
            shards: spec.shards,
            workers: spec.cluster.map { $0.ranks * $0.workersPerRank(workers) } ?? workers,
            ranks: spec.cluster?.ranks,
            memory: Memory(
                available: Int(bytes: freeMemory), parts: Memory.Parts(checked.memory.on(workers: workers))),
            disk: disk, problems: [checked.problem, disk.problem].compactMap(\.self))
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
