public import Tensor

/// How gradients change weights: a pure function of parameters, gradients, state and the count of updates.
///
/// An optimizer works on any range of the flat buffers by itself, so that workers can each update a slice.
public protocol Optimizer: Sendable {
    /// The names of the buffers it keeps from step to step, each as long as the parameters and zero at first.
    var stateNames: [String] { get }
    /// The size of a step, before a schedule.
    var learningRate: Double { get set }
    /// L2: `weightDecay * w` is added to the gradient of the parameters that decay; where the decay is decoupled,
    /// `learningRate * weightDecay * w` is subtracted from them before the update instead.
    var weightDecay: Double { get }
    /// Whether biases and norms decay too; by default weights alone.
    var decaysAll: Bool { get }
    /// Whether the decay stays out of the gradient (Loshchilov & Hutter 2019, arXiv:1711.05101); by default not.
    var decayIsDecoupled: Bool { get }

    /// Changes the parameters in `range`.
    ///
    /// - Parameters:
    ///   - parameters: All parameters, in their layout.
    ///   - gradients: Of the mean loss; L2 is already in.
    ///   - state: One buffer for each of `stateNames`.
    ///   - range: What is changed; the rest is neither read nor written.
    ///   - update: The number of this update, counted from 1.
    func update(
        _ parameters: FlatBuffer, gradients: FlatBuffer, state: [FlatBuffer], in range: Range<Int>,
        update: Int)
}

extension Optimizer {
    public var decaysAll: Bool { false }
    public var decayIsDecoupled: Bool { false }

    /// Lets the parameters in `range` decay, or adds L2 to their gradients, then changes those that are not frozen,
    /// with the learning rate times `rateFactor`, which is a schedule's.
    public func step(
        _ parameters: FlatBuffer, gradients: FlatBuffer, state: [FlatBuffer], layout: ParameterLayout,
        in range: Range<Int>, update number: Int, rateFactor: Double = 1
    ) {
        step(
            parameters, gradients: gradients, state: state, stretches: stretches(of: layout, in: range),
            update: number, rateFactor: rateFactor)
    }

    /// What `step` changes in `range`, for the form of it that is told.
    package func stretches(of layout: ParameterLayout, in range: Range<Int>) -> [ParameterLayout.Stretch] {
        layout.stretches(in: range, weightDecay: weightDecay, decaysAll: decaysAll)
    }

    /// The same for stretches that were found before.
    package func step(
        _ parameters: FlatBuffer, gradients: FlatBuffer, state: [FlatBuffer],
        stretches: [ParameterLayout.Stretch], update number: Int, rateFactor: Double
    ) {
        var scaled = self
        scaled.learningRate *= rateFactor
        for stretch in stretches {
            if stretch.weightDecay != 0 {
                if decayIsDecoupled {
                    let rate = scaled.learningRate * stretch.weightDecay
                    parameters.decay(rate: Float(rate), in: stretch.range)
                } else {
                    parameters.addDecay(Float(stretch.weightDecay), to: gradients, in: stretch.range)
                }
            }
            scaled.update(parameters, gradients: gradients, state: state, in: stretch.range, update: number)
        }
    }
}

/// base^exponent by repeated squaring; not the C library's `pow`, whose last bits differ between versions.
func power(_ base: Double, _ exponent: Int) -> Double {
    var (result, square, rest) = (1.0, base, exponent)
    while rest > 0 {
        if rest & 1 == 1 { result *= square }
        square *= square
        rest >>= 1
    }
    return result
}

extension Float {
    /// The nearest number of single precision that is not zero, for what keeps a division finite.
    init(aboveZero value: Double) {
        self = max(Float(value), .leastNormalMagnitude)
    }
}
