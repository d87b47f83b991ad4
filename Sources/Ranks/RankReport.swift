import Foundation
import Parallel

/// What rank 0 says of a run at its end.
struct RankReport: Encodable {
    let digest: String
    let steps: Int
    let samplesPerSecond: Double
    let ranks: Int
    let workers: Int

    private enum CodingKeys: String, CodingKey {
        case digest, steps, ranks, workers
        case samplesPerSecond = "samples_per_second"
    }

    /// As one JSON object, or for a person.
    func line(json: Bool) throws -> String {
        if json {
            let encoder = JSONEncoder()
            encoder.outputFormatting = .sortedKeys
            return String(decoding: try encoder.encode(self), as: UTF8.self)
        }
        let speed = String(format: "%.0f", samplesPerSecond)
        return "\(digest)  \(steps) steps on \(ranks) x \(workers) workers, \(speed) samples/s"
    }
}
