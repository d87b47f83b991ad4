import NN
import Tensor

/// The numbers of the gradients: from those who computed them to those who add them up.
extension StepExchange {
    /// Sends each rank what it owns of a part of this rank's, and takes what this rank owns of theirs.
    ///
    /// - Parameters:
    ///   - sums: Of each rank's workers, by rank.
    ///   - part: Which of `buckets.all`.
    ///   - shares: What each rank computes, by rank.
    func exchangeNumbers(_ sums: [[StepMessage.Sum]], part: Int, _ shares: [RankShare]) {
        let owned = ownedGradients[part]
        func messages(_ make: (Int) -> StepMessage) -> [StepMessage] {
            (0..<ranks).map { $0 == rank ? StepMessage(nothingWith: memory.factors) : make($0) }
        }
        let outgoing = messages {
            StepMessage(sums[rank], samples: shares[rank].samples, to: owned[$0], memory.factors)
        }
        let incoming = messages {
            StepMessage(sums[$0], samples: shares[$0].samples, to: owned[rank], memory.factors)
        }
        let (sentCounts, receivedCounts) = (outgoing.map(\.count), incoming.map(\.count))
        let (sent, received) = (sent.room(for: sentCounts), received.room(for: receivedCounts))
        for (message, place) in zip(outgoing, MessageBuffer.places(sentCounts)) {
            message.write(to: sent, at: place)
        }
        group.exchange(
            sent, counts: sentCounts, into: received, receivedCounts: receivedCounts,
            atMost: most(buckets.all[part], shares))
        for (message, place) in zip(incoming, MessageBuffer.places(receivedCounts)) {
            message.read(from: received, at: place)
        }
    }

    /// More than any rank sends or receives of a part: what all have, to everybody.
    ///
    /// The same on all ranks: of other parts' weights a rank may know how many rows a sample has before another one does.
    private func most(_ part: ParameterGradients.Part, _ shares: [RankShare]) -> Int {
        let sums = shares.reduce(0) { $0 + $1.workers.reduce(0) { $0 + $1.nodes.count } }
        let samples = 0..<(shares.map(\.samples.upperBound).max() ?? 0)
        let factors = memory.factors
        let rows = part.weights.reduce(0) {
            $0 + factors.messageCount(weight: $1, inputs: 0..<factors.weights[$1].inputs, samples: samples)
        }
        return ranks * (sums * state.layout.count + rows * memory.plan.pieces.count)
    }
}
