/// A message with numbers that whoever reads it computes with. What stands on the wire may be anything; beyond these bounds a sum
/// could overflow, and no daemon of ours writes it.
protocol BoundedMessage {
    /// Whether all of them are what they can be.
    var isWithinBounds: Bool { get }
}

extension Int {
    /// What JSON's numbers keep exactly wherever they are read (RFC 8259, section 6); so are counts.
    fileprivate static let counts = 0...(1 << 53)

    fileprivate var isCount: Bool { Int.counts.contains(self) }
}

extension JobStatus: BoundedMessage {
    var isWithinBounds: Bool {
        let isProgress =
            epoch.isCount && (totalEpochs ?? 0).isCount && step.isCount && samples.isCount
            && totalSteps.isCount
        return isProgress && restarts.isCount && maxRestarts.isCount && workers.isCount && shards.isCount
            && batchSize.isCount && (ranks ?? 0).isCount
            && (lastCheckpoint?.step ?? 0).isCount
    }
}

extension JobList: BoundedMessage {
    var isWithinBounds: Bool { jobs.allSatisfy(\.isWithinBounds) }
}

extension StatusUpdate: BoundedMessage {
    var isWithinBounds: Bool { status.isWithinBounds }
}

extension VerifyUpdate: BoundedMessage {
    var isWithinBounds: Bool {
        guard case .progress(let progress) = self else { return true }
        return [progress.step, progress.fromStep, progress.toStep].allSatisfy(\.isCount)
    }
}

extension Evaluation: BoundedMessage {
    var isWithinBounds: Bool {
        var sum = samples
        for count in confusionMatrix?.joined() ?? [[]].joined() {
            guard sum.isCount, count.isCount else { return false }
            sum += count
        }
        return sum.isCount
    }
}

extension DataDescription: BoundedMessage {
    var isWithinBounds: Bool {
        (format != .csv || !arrays.isEmpty) && arrays.allSatisfy(\.isWithinBounds)
    }
}

extension DataDescription.Values {
    fileprivate var isWithinBounds: Bool {
        var elements = 1
        for size in shape {
            let (product, overflow) = elements.multipliedReportingOverflow(by: size)
            guard size >= 0, !overflow else { return false }
            elements = product
        }
        guard !shape.isEmpty, distinct ?? 0 >= 0 else { return false }
        guard let minimum, let maximum else { return minimum == nil && maximum == nil }
        return minimum <= maximum
    }
}
