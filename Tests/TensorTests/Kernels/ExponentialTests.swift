import Foundation
import Tensor
import Testing

@Suite("The exponential and its relatives against the C library in double")
struct ExponentialTests {
    /// The largest distance over both sets of numbers, and where it is.
    private func worst(
        _ function: (Tensor) -> Tensor, _ reference: (Double) -> Double,
        where isMeasured: (Float) -> Bool = { _ in true }
    ) -> (units: Double, at: Float) {
        var worst = (units: 0.0, at: Float(0))
        for numbers in [sweep, fine] {
            for (x, y) in zip(numbers, function(Tensor(numbers)).values) where isMeasured(x) {
                let units = unitsInTheLastPlace(y, from: reference(Double(x)))
                if units > worst.units { worst = (units, x) }
            }
        }
        return worst
    }

    @Test("e^x is within 2 units in the last place, denormal results included")
    func exponential() {
        let worst = worst({ $0.exp() }, Foundation.exp)
        #expect(worst.units <= 2, "at \(worst.at)")
    }

    @Test("tanh x is within 3 units in the last place")
    func hyperbolicTangent() {
        let worst = worst({ $0.tanh() }, Foundation.tanh)
        #expect(worst.units <= 3, "at \(worst.at)")
    }

    @Test("1 / (1 + e^-x) is within 4 units in the last place from -88 on, and within 3e-39 below")
    func sigmoid() {
        let worst = worst({ $0.sigmoid() }, { 1 / (1 + Foundation.exp(-$0)) }, where: { !($0 < -88) })
        #expect(worst.units <= 4, "at \(worst.at)")
        let below = (sweep + fine).filter { $0 < -88 }
        for y in Tensor(below).sigmoid().values { #expect(y >= 0 && y <= 1e-38) }
        for (x, y) in zip(below, Tensor(below).sigmoid().values) {
            #expect(abs(Double(y) - 1 / (1 + Foundation.exp(-Double(x)))) <= 3e-39)
        }
    }

    @Test("a number's result does not depend on where it stands among others", arguments: 0..<33)
    func position(_ before: Int) {
        let padded = Tensor([Float](repeating: 0.25, count: before) + [1.75])
        for function in [{ $0.exp() }, { $0.tanh() }, { $0.sigmoid() }] as [(Tensor) -> Tensor] {
            #expect(function(padded).values.last == function(Tensor(1.75)).scalar)
        }
    }

    @Test("relu is exact, and a NaN stays one")
    func relu() {
        for (x, y) in zip(sweep, Tensor(sweep).relu().values) {
            #expect(x.isNaN ? y.isNaN : y == max(x, 0))
        }
    }
}
