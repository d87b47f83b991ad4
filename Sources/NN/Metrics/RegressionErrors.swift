public import Tensor

/// Sums over samples of what mean absolute error, root mean squared error and R2 are made of, an output each.
///
/// Sums are in Double. The targets' variance is gathered as a mean and squared deviations from it, which does not
/// cancel where the mean is large (Chan, Golub & LeVeque 1983, doi:10.1080/00031305.1983.10483115, eq. 2.1).
/// Definitions are scikit-learn's with several outputs averaged in equal parts.
public struct RegressionErrors: Sendable, Equatable, Codable {
    /// Samples in the sums.
    public private(set) var samples = 0
    private var absolute: [Double]
    private var squared: [Double]
    private var mean: [Double]
    private var deviations: [Double]

    /// The sums over a batch.
    ///
    /// - Parameters:
    ///   - prediction: [batch, …]
    ///   - target: The same shape.
    /// - Precondition: equal shapes with a batch axis.
    public init(_ prediction: Tensor, target: Tensor) {
        require(
            prediction.shape == target.shape && prediction.shape.rank >= 1,
            "errors of prediction \(prediction.shape) and target \(target.shape)")
        samples = prediction.shape[0]
        let outputs = prediction.shape.sizes.dropFirst().reduce(1, *)
        absolute = Array(repeating: 0, count: outputs)
        (squared, mean, deviations) = (absolute, absolute, absolute)
        let (p, t) = (prediction.values, target.values)
        for i in t.indices {
            let error = Double(p[i]) - Double(t[i])
            absolute[i % outputs] += abs(error)
            squared[i % outputs] += error * error
            mean[i % outputs] += Double(t[i])
        }
        if samples > 0 { for j in mean.indices { mean[j] /= Double(samples) } }
        for i in t.indices {
            let deviation = Double(t[i]) - mean[i % outputs]
            deviations[i % outputs] += deviation * deviation
        }
    }

    /// Adds the sums of other samples.
    /// - Precondition: equal numbers of outputs.
    public static func += (a: inout RegressionErrors, b: RegressionErrors) {
        require(a.mean.count == b.mean.count, "errors of different numbers of outputs do not add up")
        if b.samples == 0 { return }
        let (left, right) = (Double(a.samples), Double(b.samples))
        for j in a.mean.indices {
            a.absolute[j] += b.absolute[j]
            a.squared[j] += b.squared[j]
            let distance = b.mean[j] - a.mean[j]
            a.mean[j] += distance * (right / (left + right))
            a.deviations[j] += b.deviations[j] + distance * distance * (left * right / (left + right))
        }
        a.samples += b.samples
    }

    /// The mean of |prediction - target|; nil without samples.
    public var meanAbsoluteError: Double? { average { absolute[$0] / Double(samples) } }

    /// The root of the mean of (prediction - target)^2; nil without samples.
    public var rootMeanSquaredError: Double? { average { (squared[$0] / Double(samples)).squareRoot() } }

    /// The coefficient of determination, 1 - sum (prediction - target)^2 / sum (target - mean target)^2; where all
    /// targets are equal 1 for an exact prediction and else 0. Nil for fewer than two samples, which have no variance.
    public var r2: Double? {
        if samples < 2 { return nil }
        return average { j in
            deviations[j] == 0 ? (squared[j] == 0 ? 1 : 0) : 1 - squared[j] / deviations[j]
        }
    }

    private func average(_ score: (Int) -> Double) -> Double? {
        if samples == 0 || mean.isEmpty { return nil }
        return mean.indices.reduce(0) { $0 + score($1) } / Double(mean.count)
    }
}
