import Control
import Foundation
import Spec
import Testing

/// The digits example, made long enough to be acted upon in mid-run.
enum DigitsJob {
    /// 41 steps an epoch.
    static let epochs = 400

    /// The request that starts it; without a number of workers the daemon chooses one.
    static func request(epochs: Int = epochs, workers: Int? = nil) throws -> StartRequest {
        let text = try String(contentsOfFile: Programs.digits + "/digits.yaml", encoding: .utf8)
        return StartRequest(
            spec: SpecText(text), file: "digits.yaml", baseDirectory: Programs.digits,
            workers: workers.map { .count($0) },
            set: ["training.epochs=\(epochs)", "checkpoint={every_steps: 100, keep_last: 2}"])
    }

    /// The digest of the weights that the job ends with when nothing happens to it, by a daemon of its own.
    static func undisturbedDigest() async throws -> String {
        try await Sandbox.with { sandbox in
            try await sandbox.daemon { _, client in
                let end = try await client.last(try await client.start(try request()).id)
                return try #require(end.weightsDigest)
            }
        }
    }
}

extension Client {
    /// Starts the digits job and stops it in mid-run.
    ///
    /// - Parameters:
    ///   - name: What it is to be called.
    ///   - changes: To its spec, after those that the tests need.
    /// - Returns: Its checkpoints, at steps 100, 200, … and where it was stopped, the newest first.
    /// - Throws: `ClientError`.
    func stoppedDigits(name: String? = nil, set changes: [String] = []) async throws -> [CheckpointInfo] {
        var request = try DigitsJob.request(workers: 1)
        request.name = name
        request.set =
            [
                "training.epochs=\(DigitsJob.epochs)", "checkpoint={every_steps: 100, keep_last: 1000}",
                // An epoch is 100 steps, so these are checkpoints at its end, which no busy disk leaves out.
                "training.batch_size=13", "schedule={cosine: {warmup_steps: 20}}",
            ] + changes
        let job = try await start(request).id
        _ = try await first(job) { $0.lastCheckpoint?.step ?? 0 >= 300 }
        _ = try await stop("\(job)")
        return try await checkpoints(of: "\(job)").checkpoints
    }

    /// Follows a job until `condition` holds, and gives the status that it held for.
    func first(
        _ job: Int, where condition: (JobStatus) -> Bool
    ) async throws -> JobStatus {
        for try await update in try await updates(of: "\(job)") where condition(update.status) {
            return update.status
        }
        throw UpdatesEnded()
    }

    /// Follows a job to its end or to its pause.
    func last(_ job: Int) async throws -> JobStatus {
        var last: JobStatus?
        for try await update in try await updates(of: "\(job)") { last = update.status }
        return try #require(last)
    }
}

/// The stream of updates ended before what was waited for.
struct UpdatesEnded: Error {}
