import Control

/// The line that stays for every epoch that `nnctl follow` saw.
package enum EpochLine {
    /// What comes first, where a job has it; other metrics follow by name.
    private static let order = ["loss", "accuracy", "val_loss", "val_accuracy"]

    /// `values` are what was measured at the end of the epoch, by name; `seconds` is how long the epoch took,
    /// when that is known.
    package static func rendered(epoch: Int, of total: Int?, values: [String: Double], seconds: Double?)
        -> String
    {
        let others = values.keys.filter { !order.contains($0) }.sorted()
        var parts = ["epoch " + (total.map { "\(epoch)/\($0)" } ?? "\(epoch)")]
        for name in order + others {
            if let value = values[name] { parts.append("\(name.printable) \(Number.metric(name, value))") }
        }
        if let seconds { parts.append(Time.elapsed(seconds)) }
        return parts.joined(separator: "  ")
    }
}
