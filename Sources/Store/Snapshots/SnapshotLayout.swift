import Foundation
import Parallel

/// What a checkpoint's flat buffers hold, as `layout_json` keeps it.
struct SnapshotLayout: Codable, Equatable {
    /// Names, in the snapshot's order.
    var buffers: [String]
    /// In the order in which every buffer holds them.
    var tensors: [SnapshotTensor]

    /// Values in each buffer; nil when a size is negative or the sum does not fit.
    var valueCount: Int? {
        var total = 0
        for tensor in tensors {
            var count = 1
            for size in tensor.shape {
                let (product, overflow) = count.multipliedReportingOverflow(by: size)
                guard size >= 0, !overflow else { return nil }
                count = product
            }
            let (sum, overflow) = total.addingReportingOverflow(count)
            guard !overflow else { return nil }
            total = sum
        }
        return total
    }

    init(of snapshot: TrainingSnapshot) {
        buffers = snapshot.buffers.map(\.name)
        tensors = snapshot.layout
    }

    init(json: String) throws {
        self = try JSONDecoder().decode(SnapshotLayout.self, from: Data(json.utf8))
    }
}
