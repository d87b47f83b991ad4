import Tensor

/// How far a worker is with the parts of a step's gradient that are sent early. Of one step, and of the worker's thread.
final class EarlyParts {
    private let exchange: StepExchange
    private let run: StepRun
    private let samples: Int
    private let worker: Int
    /// By part: how many parameters are not complete.
    private var missing: [Int]
    /// The first part that has not ended. They end in their order, which is the same on all ranks.
    private var next = 0

    init(_ exchange: StepExchange, _ run: StepRun, samples: Int, worker: Int) {
        (self.exchange, self.run, self.samples, self.worker) = (exchange, run, samples, worker)
        missing = exchange.buckets.sizes
    }

    var buckets: GradientBuckets { exchange.buckets }

    /// Takes note of a parameter of the last shard.
    /// - Returns: The parts whose turn it is that are whole now.
    func wholeParts(withParameterAt offset: Int) -> Range<Int> {
        guard let part = buckets.part(ofParameterAt: offset) else { return next..<next }
        missing[part] -= 1
        return next..<(missing[next...].firstIndex { $0 > 0 } ?? missing.count)
    }

    /// Those that have not ended.
    var open: Range<Int> { next..<missing.count }

    /// Says that the worker's sums, in the order of its subtrees, are whole in the next part. The last worker's word has
    /// it sent.
    func endNext(_ sums: [ParameterGradients] = []) {
        let part = next
        next += 1
        let sent = sums.map { StepMessage.Sum($0, among: buckets.parts[part].weights) }
        guard exchange.workersDone.end(part: part, by: worker, sent) else { return }
        exchange.link.thread.enqueue { [exchange, run, samples] in
            exchange.sendEarly(part, run, samples: samples)
        }
    }

    /// Ends the parts that are left, when the worker has nothing more to bring.
    func end(hasFailed: Bool) {
        if hasFailed { exchange.workersDone.fail() }
        for _ in open { endNext() }
    }
}

extension StepExchange {
    /// What one of this rank's workers says of a step; nil where nothing is sent early.
    func earlyParts(of worker: Int, _ run: StepRun, samples: Int) -> EarlyParts? {
        if buckets.parts.isEmpty { return nil }
        return EarlyParts(self, run, samples: samples, worker: worker)
    }
}
