import Foundation
import Parallel
import Spec
import TrainerWire

/// One rank's run of a job that a daemon orders: rank 0 serves it, and tells the others what to train.
struct ServeRun {
    let link: RankLink
    let thread: RankThread

    /// - Throws: As ``TrainRun/run()``.
    func run() async throws {
        guard link.group.rank == 0 else { return try await follow() }
        let (link, thread) = (link, thread)
        do {
            let service = try TrainerService()
            _ = try await service.serve(ranks: link.group.count) { order in
                // First: the others read their data meanwhile.
                await Self.tell(try JSONEncoder().encode(order), over: link, on: thread)
                let job = await Self.read { try Self.job(of: order) }
                try await link.agree(on: RankIdentity(job))
                return try job.get()
            } begin: { job, start in
                try Coordinator(
                    job: job, start: start.snapshot, workers: start.workers, sink: start.sink, ranks: link)
            }
        } catch let failure as TrainingFailure {
            throw failure
        } catch {
            // The others may wait for the next word for ever.
            throw Stranded(reason: error)
        }
    }

    private func follow() async throws {
        let bytes = await Self.tell(Data(), over: link, on: thread)
        let job = await Self.read {
            try Self.job(of: try JSONDecoder().decode(TrainerOrder.self, from: Data(bytes)))
        }
        try await link.agree(on: RankIdentity(job))
        let ready = try job.get()
        do { try await RankFollower(job: ready, link: link).run() } catch {
            throw Stranded(reason: error)
        }
    }

    /// Rank 0's words, to all.
    @discardableResult
    private static func tell(
        _ words: Data, over link: RankLink, on thread: RankThread
    ) async -> [UInt8] {
        let group = link.group
        return await thread.run { group.broadcast(Array(words)) }
    }

    /// Reads a job's data, on a thread that it may hold up: rank 0 says meanwhile that it lives.
    private static func read(
        _ work: @escaping @Sendable () throws -> TrainingJob
    ) async -> Result<TrainingJob, any Error> {
        do { return .success(try await WireThread.run("nnd data", work)) } catch { return .failure(error) }
    }

    private static func job(of order: TrainerOrder) throws -> TrainingJob {
        let spec = try JobSpec(yaml: order.spec)
        try useInstructionSet(of: spec)
        // What this process takes in memory is no sum over all ranks.
        return try TrainingJob(spec.withoutCluster, isGoingOn: order.isGoingOn)
    }
}
