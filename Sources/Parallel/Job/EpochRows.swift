import Datasets

/// In which order an epoch visits the samples, kept as long as the epoch lasts.
struct EpochRows {
    private var last: (epoch: Int, rows: [Int32])?

    mutating func rows(ofEpoch epoch: Int, _ job: TrainingJob) -> [Int32] {
        if let last, last.epoch == epoch { return last.rows }
        let rows = job.order.epoch(epoch)
        last = (epoch, rows)
        return rows
    }
}
