import Foundation
import Parallel

/// One rank's run of a job, from reading the job file to its end.
struct TrainRun {
    let options: TrainOptions
    let link: RankLink

    /// - Returns: What to print, of rank 0; nil of the others.
    /// - Throws: Why the job could not be run or has failed; `TrainingFailure` where all ranks know, and `Stranded` where the
    ///   others do not.
    func run() async throws -> String? {
        let file = JobFile(path: options.spec, changes: options.changes)
        let spec = Result { try file.spec() }
        let job = Result { try file.job(spec.get()) }
        // Where a host has its files is its own affair.
        try await link.agree(on: RankIdentity(job, spec: try? spec.get()))
        let ready = try job.get()
        guard link.group.rank == 0 else {
            do { try await RankFollower(job: ready, link: link).run() } catch {
                throw Stranded(reason: error)
            }
            return nil
        }
        let sink = LastSnapshot()
        let coordinator = try Coordinator(
            job: ready, start: nil, workers: options.workers, sink: sink, ranks: link)
        let begin = ContinuousClock.now
        let outcome = try await coordinator.run()
        let seconds = (.now - begin) / .seconds(1)
        switch outcome {
        case .failed(let reason): throw JobFailure(description: reason)
        case .completed, .stoppedEarly, .stopped, .paused: break
        }
        guard let snapshot = await sink.snapshot else { return nil }
        return try RankReport(
            digest: snapshot.weightsDigest, steps: snapshot.cursor.step,
            samplesPerSecond: Double(snapshot.cursor.samples) / seconds, ranks: link.group.count,
            workers: options.workers
        ).line(json: options.json)
    }
}

/// A rank cannot follow rank 0, which would wait for it for ever.
struct Stranded: Error {
    let reason: any Error
}

/// Training ended before the job's end.
struct JobFailure: Error, CustomStringConvertible {
    let description: String
}
