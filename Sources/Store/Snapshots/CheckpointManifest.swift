import Crypto
import Foundation
import Parallel

/// All of a checkpoint but its tensors' values, for which their hashes stand.
///
/// Its SHA-256 finds damage to the record itself, and two checkpoints with equal ones are the same.
struct CheckpointManifest {
    var cursor: TrainingCursor
    var weightsDigest: String
    var epochTotalsJSON: String
    var monitorsJSON: String
    var layoutJSON: String
    /// In the order of the layout's buffers, each from its beginning.
    var chunkHashes: [Data]

    var sha256: Data {
        // Checkpoints of version 1 watched nothing, and their hashes stay what they were.
        let monitors = monitorsJSON == "{}" ? "" : "monitors \(monitorsJSON)\n"
        let head = """
            nnd checkpoint 1
            step \(cursor.step)
            epoch \(cursor.epoch)
            samples_in_epoch \(cursor.samplesInEpoch)
            samples \(cursor.samples)
            updates \(cursor.updates)
            weights_digest \(weightsDigest)
            epoch_totals \(epochTotalsJSON)
            \(monitors)layout \(layoutJSON.utf8.count) \(layoutJSON)

            """
        var hash = SHA256()
        hash.update(data: Data(head.utf8))
        for chunk in chunkHashes { hash.update(data: chunk) }
        return Data(hash.finalize())
    }
}
