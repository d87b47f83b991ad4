import NN
import Tensor

/// The parts of the gradients that are sent while the workers compute the rest.
extension StepExchange {
    /// Sends a part that all of this rank's workers have, and takes those of the other ranks.
    ///
    /// - Parameters:
    ///   - part: Which of `buckets.parts`. All ranks send all of them, in order, unless one of them fails.
    ///   - run: The steps.
    ///   - samples: Of the minibatch.
    func sendEarly(_ part: Int, _ run: StepRun, samples: Int) {
        // What went wrong is told with the rest.
        if isAbandoned { return }
        let shares = shares(run, samples: samples)
        let weights = buckets.parts[part].weights
        let own = workersDone.sums(ofPart: part)
        let counts = shares.map { PartHeader.count($0, weights: weights) }
        let words = PartHeader(own, weights, memory.factors).words(count: counts[rank])
        let headers = zip(shares, allgather(words, counts: counts)).map {
            PartHeader(words: $1, $0, weights: weights)
        }
        guard let own, !headers.contains(where: \.hasFailed),
            makeRoom(rowsPerSample: headers.map(\.rowsPerSample), weights: weights)
        else {
            isAbandoned = true
            return
        }
        let sums = (0..<ranks).map { other in
            other == rank ? own : self.sums(headers[other], shares[other], weights)
        }
        exchangeNumbers(sums, part: part, shares)
    }

    /// Where the sums of another rank's workers are received.
    private func sums(_ header: PartHeader, _ share: RankShare, _ weights: [Int]) -> [StepMessage.Sum] {
        zip(share.workers.flatMap(\.nodes), header.isWrittenOut).map { node, flags in
            let written = zip(weights, flags).filter(\.1).map(\.0)
            return StepMessage.Sum(remoteGradients(of: node).values, writtenOut: Set(written))
        }
    }
}
