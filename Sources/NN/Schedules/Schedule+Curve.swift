import Foundation

extension Schedule {
    /// The form of a schedule. `steps` are those of the whole curve; afterwards it stays as it was at its end.
    public enum Curve: Sendable, Hashable {
        /// Always 1.
        case constant
        /// factor^n after n whole periods.
        case step(factor: Double, period: Int)
        /// factor^(step / period)
        case exponential(factor: Double, period: Int)
        /// end + (1 - end) (1 - step / steps)^power
        case polynomial(power: Double, end: Double, steps: Int)
        /// end + (1 - end) (1 + cos(pi step / steps)) / 2 (Loshchilov & Hutter 2017, arXiv:1608.03983, eq. 5).
        case cosine(end: Double, steps: Int)
        /// From `start` at the first step to 1 at step `peak * steps - 1` and to `end` at the last one, both along half a
        /// cosine (Smith & Topin 2018, arXiv:1708.07120; PyTorch's OneCycleLR).
        case oneCycle(peak: Double, start: Double, end: Double, steps: Int)

        /// The factor of the curve's step, counted from 0; in 0 ... 1.
        func factor(step: Int) -> Double {
            switch self {
            case .constant: 1
            case .step(let factor, let period): power(factor, step / period)
            case .exponential(let factor, let period):
                // The whole periods by multiplication, so that they do not depend on the C library.
                power(factor, step / period) * pow(factor, Double(step % period) / Double(period))
            case .polynomial(let exponent, let end, let steps):
                end + (1 - end) * pow(1 - progress(step, of: steps), exponent)
            case .cosine(let end, let steps): halfCosine(from: 1, to: end, at: progress(step, of: steps))
            case .oneCycle(let peak, let start, let end, let steps):
                riseAndFall(step, peak: max(0, peak * Double(steps) - 1), last: Double(steps - 1), start, end)
            }
        }
    }
}

private func progress(_ step: Int, of steps: Int) -> Double {
    min(1, Double(step) / Double(max(1, steps)))
}

/// Half a cosine between two values, for progress in 0 ... 1.
private func halfCosine(from start: Double, to end: Double, at progress: Double) -> Double {
    end + (start - end) * 0.5 * (1 + cos(Double.pi * progress))
}

private func riseAndFall(_ step: Int, peak: Double, last: Double, _ start: Double, _ end: Double) -> Double {
    let step = Double(step)
    if step < peak { return halfCosine(from: start, to: 1, at: step / peak) }
    // A curve of one step is its peak.
    guard last > peak else { return 1 }
    return halfCosine(from: 1, to: end, at: min(1, (step - peak) / (last - peak)))
}
