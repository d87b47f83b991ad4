import CKernels

/// Where a backward pass over some samples of a minibatch leaves the gradients of the parameters: in a flat buffer, and
/// those of dense layers' weights as factors where there is room for them.
///
/// It belongs to one thread at a time.
package final class ParameterGradients: @unchecked Sendable {
    /// The gradients by the parameters' places. What is kept as factors is not here, and numbers there mean nothing.
    package let values: FlatBuffer
    /// Where factors go; nil keeps none.
    package let factors: GradientFactors?
    /// By weight of `factors`: whether its gradient is in `values` after all, because it is not one product.
    package internal(set) var isWrittenOut: [Bool]
    /// Gets the offset of each parameter when a pass has completed its gradient.
    package var whenComplete: ((Int) -> Void)?
    /// By weight of `factors`: the largest magnitudes in its factors.
    var magnitudes: [(x: Float, slope: Float)]
    /// The samples of the minibatch that the pass under way is over.
    private var samples: Range<Int>
    /// All of them. Its ranges are the parts of `values` that always hold gradients.
    private let all: Part

    /// - Parameters:
    ///   - count: The length of the flat buffer.
    ///   - factors: Where factors go, nil for nowhere.
    ///   - isReceived: Whether another process computes the gradients: memory that is not received is then never touched.
    package init(count: Int, factors: GradientFactors?, isReceived: Bool = false) {
        values = FlatBuffer(uninitialized: count)
        self.factors = factors
        let weights = factors?.weights ?? []
        isWrittenOut = Array(repeating: false, count: weights.count)
        magnitudes = Array(repeating: (0, 0), count: weights.count)
        samples = 0..<0
        all = Part(
            ranges: GradientFactors.rest(of: count, without: weights), weights: Array(weights.indices))
        if isReceived { return }
        // Nothing writes a gradient for what is not trained.
        for range in all.ranges { (values.base + range.lowerBound).update(repeating: 0, count: range.count) }
    }

    /// All gradients in `values`, which is as long as the parameters' flat buffer.
    package init(_ values: FlatBuffer) {
        self.values = values
        (factors, isWrittenOut, magnitudes, samples) = (nil, [], [], 0..<0)
        all = Part(ranges: [0..<values.count])
    }

    /// Says which samples of the minibatch the next pass is over.
    package func begin(samples: Range<Int>) { self.samples = samples }

    /// Some of the gradients.
    package struct Part: Sendable, Equatable {
        /// Places of those that are never kept as factors.
        package var ranges: [Range<Int>]
        /// Weights of `factors`.
        package var weights: [Int]

        package init(ranges: [Range<Int>] = [], weights: [Int] = []) {
            (self.ranges, self.weights) = (ranges, weights)
        }
    }

    /// Adds the gradients of other samples, whose factors are with these already.
    package func add(_ other: ParameterGradients) {
        add(other, in: all)
    }

    /// Adds some of them.
    package func add(_ other: ParameterGradients, in part: Part) {
        for range in part.ranges { values.add(other.values, in: range) }
        for weight in part.weights {
            magnitudes[weight].x = larger(magnitudes[weight].x, other.magnitudes[weight].x)
            magnitudes[weight].slope = larger(magnitudes[weight].slope, other.magnitudes[weight].slope)
            guard other.isWrittenOut[weight], let range = factors?.weights[weight].range else { continue }
            if isWrittenOut[weight] {
                values.add(other.values, in: range)
            } else {
                values.copy(other.values, in: range)
                isWrittenOut[weight] = true
            }
        }
    }

    /// The largest magnitude among the gradients that are not factors; not finite where one of them is not.
    package var largestMagnitude: Float {
        var largest: Float = 0
        func look(in range: Range<Int>) {
            largest = larger(largest, nnd_magnitude(values.base + range.lowerBound, range.count))
        }
        for range in all.ranges { look(in: range) }
        for (weight, isOut) in isWrittenOut.enumerated() where isOut {
            if let range = factors?.weights[weight].range { look(in: range) }
        }
        return largest
    }

    /// Takes the largest magnitudes among a weight's factors into account in `largest`.
    package func includeFactors(of weight: Int, in largest: inout (x: Float, slope: Float)) {
        largest.x = larger(largest.x, magnitudes[weight].x)
        largest.slope = larger(largest.slope, magnitudes[weight].slope)
    }

    // MARK: During a pass

    /// Keeps the factors of the gradient xᵀ slope.
    /// - Returns: Whether there was room for them.
    func take(_ x: Tensor, _ slope: Tensor, ofWeightAt offset: Int) -> Bool {
        guard let factors, let weight = factors.index(ofWeightAt: offset),
            let largest = factors.take(x, slope, weight: weight, samples: samples)
        else { return false }
        magnitudes[weight] = largest
        isWrittenOut[weight] = false
        return true
    }

    /// Multiplies the factors that were kept of a weight's gradient, into `values`.
    func writeOut(weightAt offset: Int) {
        guard let factors, let weight = factors.index(ofWeightAt: offset) else { return }
        factors.multiply(
            weight: weight, inputs: 0..<factors.weights[weight].inputs, samples: samples, into: values)
    }

    /// Says that a parameter's gradient is not kept as factors, or is zero.
    /// - Returns: Whether it could have been kept so, and zero needs no writing.
    func leaveFactors(ofWeightAt offset: Int, isWritten: Bool) -> Bool {
        guard let factors, let weight = factors.index(ofWeightAt: offset) else { return false }
        factors.clear(weight: weight, samples: samples)
        magnitudes[weight] = (0, 0)
        isWrittenOut[weight] = isWritten
        return true
    }
}

/// The larger of two magnitudes; one that is not a number is larger than all.
private func larger(_ a: Float, _ b: Float) -> Float { a.isNaN || a > b ? a : b }

extension GradientFactors {
    /// The parts of 0 ..< `count` in which no weight lies.
    package static func rest(of count: Int, without weights: [Weight]) -> [Range<Int>] {
        var ranges: [Range<Int>] = []
        var start = 0
        for weight in weights {
            if start < weight.offset { ranges.append(start..<weight.offset) }
            start = weight.range.upperBound
        }
        if start < count { ranges.append(start..<count) }
        return ranges
    }
}
