import NN
import Tensor

/// The last shard of a worker: with its backward pass the worker's sums become whole, parameter by parameter, and parts
/// of them can be sent while the rest is computed.
struct LastShard {
    let shard: Int
    /// Of the subtrees that the worker sums, the one that it sums now.
    let subtree: ReductionTree.Node
    let parts: EarlyParts

    /// Whether what these shards come to has been added when it is there.
    func addsItself(to shards: Range<Int>) -> Bool { shards.contains(shard) }

    /// Adds the shard's gradients to the sums that wait for them, each part as soon as the pass has completed it.
    ///
    /// - Parameters:
    ///   - gradients: Which the pass computes.
    ///   - sums: Each is added to the one before it.
    ///   - others: Of the subtrees that are whole already.
    ///   - pass: Computes the gradients.
    /// - Returns: What the pass returns.
    /// - Throws: What the pass throws.
    func add(
        _ gradients: ParameterGradients, to sums: [ParameterGradients], beside others: [Contribution.Sum],
        while pass: () throws -> Tally
    ) throws -> Tally {
        func add(in part: ParameterGradients.Part) {
            var summand = gradients
            for sum in sums.reversed() {
                sum.add(summand, in: part)
                summand = sum
            }
        }
        let whole = (others + [(subtree, sums.first ?? gradients)]).map(\.gradients)
        func send(_ indices: Range<Int>) {
            for index in indices {
                add(in: parts.buckets.parts[index])
                parts.endNext(whole)
            }
        }
        gradients.whenComplete = { [parts] in send(parts.wholeParts(withParameterAt: $0)) }
        defer { gradients.whenComplete = nil }
        let tally = try pass()
        send(parts.open)
        add(in: parts.buckets.rest)
        return tally
    }
}
