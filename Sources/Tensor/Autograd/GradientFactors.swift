import CKernels
import Synchronization

/// The two factors of the gradients of dense layers' weights, for all samples of a minibatch.
///
/// The gradient of W in y = x W is xᵀ d, with d the gradient with respect to y, and the sum over a minibatch's shards is
/// the same product over the rows of them all. So a shard only leaves its rows of x and d here, and afterwards each
/// worker multiplies the part of the gradient that it updates: no gradient is computed once a shard and then summed, and
/// what the workers exchange grows with the samples and not with the parameters.
///
/// Any number of threads write, each its own rows, and after a barrier read, as with a `FlatBuffer`. Where other ranks have part
/// in a minibatch, a thread sends the rows of a weight, and receives theirs, when all who write rows of that weight have said
/// that they are done.
package final class GradientFactors: Sendable {
    /// A weight whose gradient is kept as factors.
    package struct Weight: Sendable, Hashable {
        /// Where it begins in the flat buffer of the parameters.
        package let offset: Int
        /// Its rows: the features of x.
        package let inputs: Int
        /// Its columns: the features of y.
        package let outputs: Int

        /// A weight of [inputs, outputs].
        package init(offset: Int, inputs: Int, outputs: Int) {
            (self.offset, self.inputs, self.outputs) = (offset, inputs, outputs)
        }

        /// Its place in the flat buffer.
        package var range: Range<Int> { offset..<(offset + inputs * outputs) }
    }

    /// x and d of one weight. A sample may have several rows, as the steps of a sequence.
    struct Rows: Sendable {
        let perSample: Int
        let x: FlatBuffer
        let slopes: FlatBuffer
    }

    /// In the order of their offsets.
    package let weights: [Weight]
    private let samples: Int
    /// The numbers that the factors of one weight may have where a sample has many rows; beyond that its gradient is
    /// summed over the shards, which takes less memory.
    package static let largestCount = 16 << 20
    private let indices: [Int: Int]
    /// Made when the first shard tells how many rows a sample has.
    private let rows: Mutex<[Rows?]>

    /// - Parameters:
    ///   - weights: Those whose gradients are kept as factors.
    ///   - samples: The most that a minibatch has.
    package init(_ weights: [Weight], samples: Int) {
        self.weights = weights.sorted { $0.offset < $1.offset }
        self.samples = samples
        indices = Dictionary(
            uniqueKeysWithValues: self.weights.enumerated().map { ($0.element.offset, $0.offset) })
        rows = Mutex(Array(repeating: nil, count: weights.count))
    }

    func index(ofWeightAt offset: Int) -> Int? { indices[offset] }

    /// Copies the rows of some samples of a minibatch.
    ///
    /// - Parameters:
    ///   - x: [rows, inputs]
    ///   - slope: [rows, outputs]
    ///   - weight: Its index.
    ///   - shard: The samples; each has equally many rows.
    /// - Returns: The largest magnitude in x and in `slope`, not finite where they hold such a number; nil when the rows
    ///   do not go with the samples, and nothing was copied.
    func take(
        _ x: Tensor, _ slope: Tensor, weight: Int, samples shard: Range<Int>
    ) -> (x: Float, slope: Float)? {
        let count = x.shape[0]
        guard !shard.isEmpty, count.isMultiple(of: shard.count), shard.upperBound <= samples,
            let rows = rows(of: weight, perSample: count / shard.count)
        else { return nil }
        let first = shard.lowerBound * rows.perSample
        let (inputs, outputs) = (weights[weight].inputs, weights[weight].outputs)
        return (
            nnd_copy_with_magnitude(rows.x.base + first * inputs, x.pointer, x.count),
            nnd_copy_with_magnitude(rows.slopes.base + first * outputs, slope.pointer, slope.count)
        )
    }

    /// Makes these samples' part of the gradient zero.
    func clear(weight: Int, samples shard: Range<Int>) {
        guard let rows = rows.withLock({ $0[weight] }) else { return }
        let outputs = weights[weight].outputs * rows.perSample
        let inputs = weights[weight].inputs * rows.perSample
        // Both, for zero times an infinity left behind would not be zero.
        (rows.slopes.base + shard.lowerBound * outputs).update(repeating: 0, count: shard.count * outputs)
        (rows.x.base + shard.lowerBound * inputs).update(repeating: 0, count: shard.count * inputs)
    }

    /// Writes part of a weight's gradient over some samples.
    ///
    /// - Parameters:
    ///   - weight: Its index.
    ///   - inputs: The rows of the gradient that are wanted.
    ///   - shard: The samples that are summed over.
    ///   - gradients: Laid out as the parameters.
    package func multiply(
        weight: Int, inputs: Range<Int>, samples shard: Range<Int>, into gradients: FlatBuffer
    ) {
        let sizes = weights[weight]
        let start = sizes.offset + inputs.lowerBound * sizes.outputs
        require(inputs.lowerBound >= 0 && inputs.upperBound <= sizes.inputs)
        gradients.check(start..<(start + inputs.count * sizes.outputs))
        let target = gradients.base + start
        guard let rows = rows.withLock({ $0[weight] }) else {
            target.update(repeating: 0, count: inputs.count * sizes.outputs)
            return
        }
        let first = shard.lowerBound * rows.perSample
        matrixProduct(
            rows.x.base + first * sizes.inputs + inputs.lowerBound, .yes, strideA: sizes.inputs,
            rows.slopes.base + first * sizes.outputs, .no,
            into: target, m: inputs.count, n: sizes.outputs, k: shard.count * rows.perSample)
    }

    /// How many rows a sample has in a weight's factors; 0 while there are none.
    package func rowsPerSample(ofWeight weight: Int) -> Int { rows.withLock { $0[weight]?.perSample ?? 0 } }

    /// A weight's rows; nil while there are none.
    func madeRows(of weight: Int) -> Rows? { rows.withLock { $0[weight] } }

    /// The memory for a weight's rows; nil when it was made for another number of rows a sample.
    func rows(of weight: Int, perSample: Int) -> Rows? {
        rows.withLock { all in
            if let made = all[weight] { return made.perSample == perSample ? made : nil }
            let count = samples * perSample
            let width = weights[weight].inputs + weights[weight].outputs
            if perSample > 1 && count * width > GradientFactors.largestCount { return nil }
            let made = Rows(
                perSample: perSample, x: FlatBuffer(count: count * weights[weight].inputs),
                slopes: FlatBuffer(count: count * weights[weight].outputs))
            all[weight] = made
            return made
        }
    }
}
