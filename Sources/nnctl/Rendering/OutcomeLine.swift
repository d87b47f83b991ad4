package import Control
import Foundation

/// How a job ended, or where it stands, in one sentence.
package enum OutcomeLine {
    package static func rendered(_ job: JobStatus) -> String {
        let reason = job.reason.map { ": " + $0.printable } ?? ""
        let place = "epoch \(job.epochText), step \(job.stepText)"
        switch job.state {
        case .queued, .running: return "job \(job.title) is \(job.state.rawValue) at \(place)\(reason)"
        case .paused where job.held: return "job \(job.title) is paused at \(place)\(reason)"
        case .paused:
            return "job \(job.title) is paused at \(place)\(reason); `nnctl resume \(job.id)` goes on with it"
        case .succeeded: return "job \(job.title) succeeded at \(place)\(took(job))\(reason)\(weights(job))"
        case .failed: return "job \(job.title) failed at \(place)\(reason)"
        case .stopped: return "job \(job.title) was stopped at \(place)\(reason)\(weights(job))"
        }
    }

    /// Where it stands, in few words.
    static func brief(_ job: JobStatus) -> String {
        let verb = job.state == .stopped ? "was" : [.succeeded, .failed].contains(job.state) ? "has" : "is"
        return "job \(job.title) \(verb) \(job.state.rawValue) at epoch \(job.epochText)"
    }

    private static func took(_ job: JobStatus) -> String {
        guard let start = job.startedAt, let end = job.finishedAt else { return "" }
        return " after \(Time.clock(end.timeIntervalSince(start)))"
    }

    private static func weights(_ job: JobStatus) -> String {
        job.weightsDigest.map { "; weights \($0.printable.prefix(12))" } ?? ""
    }
}
