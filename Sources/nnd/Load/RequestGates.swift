import Control
import Hummingbird

/// How much of what takes memory or cores is done at once for clients, whatever they ask for.
struct RequestGates: Sendable {
    /// Bodies that may be large are read.
    let uploads = WorkGate("jobs are sent", running: 64, waiting: 0)
    /// Data is read to check a job.
    let starts = WorkGate("jobs are started or resumed", running: 4, waiting: 252)
    /// A checkpoint is read and written as a file of another format.
    let exports = WorkGate("exports run", running: 2, waiting: 14)
    /// Predictions are computed as fast as they are taken, and their samples and weights are in memory until then. A reader that
    /// pauses holds one of these places, and none of those below.
    let predictions = WorkGate("predictions are sent", running: 8, waiting: 8)
    /// A data set is passed over, training is done again, checkpoints are read.
    let passes = WorkGate(
        "evaluations, predictions, verifications and comparisons run", running: 2, waiting: 14)
}

extension RequestGates {
    /// Reads what a job is to be like, which may be long.
    func startRequest(of request: Request) async throws -> StartRequest {
        let place = try await uploads.enter()
        let message = try await request.message(StartRequest.self)
        withExtendedLifetime(place) {}
        return message
    }
}
