import Glibc

// Losses that compare two tensors element by element, as sums over all elements in Double. Divide by the number of
// terms for the mean, here or by the seed of the backward pass. No gradient flows to the targets.
extension Tensor {
    /// The sum over all elements of (prediction - target)^2, a scalar. No gradient flows to the target.
    /// - Precondition: equal shapes.
    public static func squaredError(_ prediction: Tensor, target: Tensor) -> Tensor {
        require(
            prediction.shape == target.shape,
            "squaredError: prediction \(prediction.shape) and target \(target.shape) differ")
        return (prediction - target.detached).squared().sum()
    }

    /// The sum over all elements of |prediction - target|, a scalar. The gradient of an exact prediction is 0.
    /// - Precondition: equal shapes.
    public static func absoluteError(_ prediction: Tensor, target: Tensor) -> Tensor {
        elementLoss("absoluteError", prediction, target) { p, t in
            Swift.abs(Double(p) - Double(t))
        } slope: { p, t in
            sign(p - t)
        } recordedSlope: { p, t in
            elementwise("sign", p.detached, t) { sign($0 - $1) }
        }
    }

    /// Huber's loss, summed over all elements: with d = prediction - target, d^2 / 2 where |d| < delta and
    /// delta (|d| - delta / 2) elsewhere (Huber 1964, doi:10.1214/aoms/1177703732).
    ///
    /// - Parameters:
    ///   - prediction: Any shape.
    ///   - target: The same shape.
    ///   - delta: Where the square ends; above 0.
    /// - Returns: shape [].
    /// - Precondition: equal shapes.
    public static func huberLoss(_ prediction: Tensor, target: Tensor, delta: Float) -> Tensor {
        elementLoss("huberLoss", prediction, target) { p, t in
            let (d, delta) = (Swift.abs(Double(p) - Double(t)), Double(delta))
            return d < delta ? d * d / 2 : delta * (d - delta / 2)
        } slope: { p, t in
            Swift.abs(p - t) < delta ? p - t : delta * sign(p - t)
        } recordedSlope: { p, t in
            // Inside the square the slope is d, outside it is a constant.
            let inside = elementwise("huber", p.detached, t) { Swift.abs($0 - $1) < delta ? 1 : 0 }
            let outside = elementwise("huber", p.detached, t) { p, t in
                Swift.abs(p - t) < delta ? 0 : delta * sign(p - t)
            }
            return (p - t) * inside + outside
        }
    }

    /// Binary cross-entropy from logits, summed over all elements: -(w t log p + (1 - t) log(1 - p)) with
    /// p = sigmoid(logit), in a form that is finite for all finite logits.
    ///
    /// - Parameters:
    ///   - logits: Any shape.
    ///   - target: The same shape; t in 0 ... 1.
    ///   - positiveWeight: w, how much a target of 1 counts against one of 0.
    /// - Returns: shape [].
    /// - Precondition: equal shapes.
    public static func binaryCrossEntropy(
        _ logits: Tensor, target: Tensor, positiveWeight: Float = 1
    ) -> Tensor {
        let w = positiveWeight
        return elementLoss("binaryCrossEntropy", logits, target) { z, t in
            let (z, t) = (Double(z), Double(t))
            let positive: Double = Double(w) * t * softplusInDouble(-z)
            return t == 1 ? positive : positive + (1 - t) * softplusInDouble(z)
        } slope: { z, t in
            // The two terms do not cancel, so that a nearly right answer keeps its small gradient.
            let negative: Float = (1 - t) * probability(z)
            return negative - w * t * probability(-z)
        } recordedSlope: { z, t in
            let negative: Tensor = (1 - t) * z.sigmoid()
            let positive: Tensor = t * w * (-z).sigmoid()
            return negative - positive
        }
    }

    /// The Kullback-Leibler divergence from outputs that are log-probabilities q to targets that are probabilities
    /// p, summed over all elements: p (log p - q). A p of 0 adds nothing whatever its q.
    /// - Precondition: equal shapes.
    public static func klDivergence(_ logProbabilities: Tensor, target: Tensor) -> Tensor {
        elementLoss("klDivergence", logProbabilities, target) { q, p in
            p == 0 ? 0 : Double(p) * (logarithm(Double(p)) - Double(q))
        } slope: { _, p in
            -p
        } recordedSlope: { _, p in
            -p
        }
    }

    /// The sum over all elements of `value(prediction, target)`.
    ///
    /// - Parameters:
    ///   - name: For the sentence about shapes that differ.
    ///   - prediction: Any shape.
    ///   - target: The same shape.
    ///   - value: One element's loss.
    ///   - slope: Its derivative by the prediction.
    ///   - recordedSlope: The same made of operations, for second derivatives.
    /// - Returns: shape [].
    @inline(__always)
    private static func elementLoss(
        _ name: StaticString, _ prediction: Tensor, _ target: Tensor, value: (Float, Float) -> Double,
        slope: @escaping (Float, Float) -> Float, recordedSlope: @escaping (Tensor, Tensor) -> Tensor
    ) -> Tensor {
        require(
            prediction.shape == target.shape,
            "\(name): prediction \(prediction.shape) and target \(target.shape) differ")
        let target = target.detached
        var total = 0.0
        for i in 0..<prediction.count { total += value(prediction.pointer[i], target.pointer[i]) }
        let memory = Tensor.memory(for: [], like: prediction)
        memory.base[0] = Float(total)
        return Tensor(shape: [], storage: memory).recorded(name, [prediction]) { pass in
            if pass.isRecording {
                pass.send(to: 0) { recordedSlope(prediction, target) * pass.upstream }
                return
            }
            pass.write(to: 0, like: prediction) { out, accumulate in
                let scale = pass.upstream.scalar
                for i in 0..<prediction.count {
                    let gradient = slope(prediction.pointer[i], target.pointer[i]) * scale
                    out[i] = accumulate ? out[i] + gradient : gradient
                }
            }
        }
    }
}

/// -1, 0 or 1; a NaN stays one.
@inline(__always)
private func sign(_ x: Float) -> Float { x > 0 ? 1 : x < 0 ? -1 : x }

/// log(1 + e^x), finite for all finite x.
@inline(__always)
private func softplusInDouble(_ x: Double) -> Double {
    Swift.max(x, 0) + Glibc.log1p(Glibc.exp(-Swift.abs(x)))
}

/// 1 / (1 + e^-x), rounded from Double because the C library's last bits vary.
@inline(__always)
private func probability(_ x: Float) -> Float { Float(1 / (1 + Glibc.exp(-Double(x)))) }

@inline(__always)
private func logarithm(_ x: Double) -> Double { Glibc.log(x) }
