import NN
import Tensor

/// The numbers that one rank sends another: of a part of its gradients, what the other one sums up.
///
/// Both make the same list, the one to write them, the other to read them.
struct StepMessage {
    /// What is sent of one subtree's sum.
    struct Sum: Sendable {
        let values: FlatBuffer
        /// Weights whose gradients are in it, because they are no products.
        let writtenOut: Set<Int>

        init(_ values: FlatBuffer, writtenOut: Set<Int>) {
            (self.values, self.writtenOut) = (values, writtenOut)
        }

        /// - Parameters:
        ///   - gradients: The sum.
        ///   - weights: Those of the part that is sent.
        init(_ gradients: ParameterGradients, among weights: [Int]) {
            self.init(gradients.values, writtenOut: Set(weights.filter { gradients.isWrittenOut[$0] }))
        }
    }

    private enum Part {
        /// Of a subtree's sum.
        case sum(FlatBuffer, Range<Int>)
        /// Factors of the sender's samples.
        case rows(weight: Int, inputs: Range<Int>, samples: Range<Int>)
    }

    private let parts: [Part]
    private let factors: GradientFactors

    /// - Parameters:
    ///   - sums: Of the sender's workers.
    ///   - samples: Of the minibatch, the sender's.
    ///   - owned: What the receiver sums.
    ///   - factors: Of the gradients that are products.
    init(
        _ sums: [Sum], samples: Range<Int>, to owned: OwnedGradients, _ factors: GradientFactors
    ) {
        var parts: [Part] = []
        for sum in sums {
            for range in owned.others { parts.append(.sum(sum.values, range)) }
            for product in owned.products where sum.writtenOut.contains(product.weight) {
                parts.append(.sum(sum.values, product.range))
            }
        }
        for product in owned.products {
            parts.append(.rows(weight: product.weight, inputs: product.inputs, samples: samples))
        }
        (self.parts, self.factors) = (parts, factors)
    }

    /// No numbers.
    init(nothingWith factors: GradientFactors) { (parts, self.factors) = ([], factors) }

    /// How many numbers there are.
    var count: Int { parts.reduce(0) { $0 + count(of: $1) } }

    private func count(of part: Part) -> Int {
        switch part {
        case .sum(_, let range): range.count
        case .rows(let weight, let inputs, let samples):
            factors.messageCount(weight: weight, inputs: inputs, samples: samples)
        }
    }

    /// Copies all numbers to `buffer`, from `offset` on.
    func write(to buffer: FlatBuffer, at offset: Int) {
        var offset = offset
        for part in parts {
            switch part {
            case .sum(let values, let range): buffer.take(range, of: values, at: offset)
            case .rows(let weight, let inputs, let samples):
                factors.write(weight: weight, inputs: inputs, samples: samples, to: buffer, at: offset)
            }
            offset += count(of: part)
        }
    }

    /// Takes all numbers from `buffer`, where they begin at `offset`.
    func read(from buffer: FlatBuffer, at offset: Int) {
        var offset = offset
        for part in parts {
            let end = offset + count(of: part)
            switch part {
            case .sum(let values, let range): values.take(offset..<end, of: buffer, at: range.lowerBound)
            case .rows(let weight, let inputs, let samples):
                factors.read(weight: weight, inputs: inputs, samples: samples, from: buffer, at: offset)
            }
            offset = end
        }
    }
}
