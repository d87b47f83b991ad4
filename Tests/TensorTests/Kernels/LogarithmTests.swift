import Foundation
import Tensor
import Testing

@Suite("Logarithms, the error function and powers against the C library in double")
struct LogarithmTests {
    /// The largest distance over `numbers` in units in the last place, and where it is.
    private func worst(
        _ function: (Tensor) -> Tensor, _ reference: (Double) -> Double, over numbers: [Float]
    ) -> (units: Double, at: Float) {
        var worst = (units: 0.0, at: Float(0))
        for (x, y) in zip(numbers, function(Tensor(numbers)).values) {
            let units = unitsInTheLastPlace(y, from: reference(Double(x)))
            if units > worst.units { worst = (units, x) }
        }
        return worst
    }

    /// Every 257th number from 2^-40 to 8, both signs: where functions that begin at 0 have their digits.
    private let small: [Float] = stride(from: Float(0x1p-40).bitPattern, to: Float(8).bitPattern, by: 257)
        .flatMap { [Float(bitPattern: $0), -Float(bitPattern: $0)] }

    @Test("log x is within 2 units in the last place, for denormal numbers too")
    func logarithm() {
        for numbers in [sweep, fine, small] {
            let worst = worst({ $0.log() }, Foundation.log, over: numbers)
            #expect(worst.units <= 2, "at \(worst.at)")
        }
        #expect(Tensor([0, -0.0, 1, .infinity]).log().values == [-.infinity, -.infinity, 0, .infinity])
        #expect(Tensor([-.leastNonzeroMagnitude, -.infinity, .nan]).log().values.allSatisfy { $0.isNaN })
    }

    @Test("log(1 + x) is within 2 units in the last place, near 0 and near -1 too")
    func logarithmOfOnePlus() {
        let nearMinusOne = (1...5000).map { -1 + Float($0) * 0x1p-24 }
        for numbers in [sweep, fine, small, nearMinusOne] {
            let worst = worst({ $0.log1p() }, Foundation.log1p, over: numbers)
            #expect(worst.units <= 2, "at \(worst.at)")
        }
        #expect(
            Tensor([-1, 0, .leastNonzeroMagnitude, .infinity]).log1p().values == [
                -.infinity, 0, .leastNonzeroMagnitude, .infinity,
            ])
        #expect(Tensor([-1.5, -.infinity, .nan]).log1p().values.allSatisfy { $0.isNaN })
    }

    @Test("erf x is within 2 units in the last place")
    func errorFunction() {
        for numbers in [sweep, fine, small] {
            let worst = worst({ $0.erf() }, Foundation.erf, over: numbers)
            #expect(worst.units <= 2, "at \(worst.at)")
        }
        #expect(Tensor([0, .infinity, -.infinity]).erf().values == [0, 1, -1])
    }

    @Test(
        "powers are the nearest Float32",
        arguments: [-16, -3, -1, -0.5, 0, 0.5, 1, 2, 3, 16, 17, 2.75] as [Float])
    func powers(_ exponent: Float) {
        let worst = worst({ $0.pow(exponent) }, { Foundation.pow($0, Double(exponent)) }, over: sweep)
        #expect(worst.units <= 0.500_001, "at \(worst.at)")
        let other = Tensor(sweep).pow(Tensor(exponent)).values
        for (x, y) in zip(other, Tensor(sweep).pow(exponent).values) {
            #expect(x == y || x.isNaN && y.isNaN)
        }
    }

    @Test("a number's result does not depend on where it stands among others", arguments: 0..<33)
    func position(_ before: Int) {
        let padded = Tensor([Float](repeating: 0.25, count: before) + [1.75])
        let functions: [(Tensor) -> Tensor] = [
            { $0.log() }, { $0.log1p() }, { $0.erf() }, { $0.gelu() }, { $0.softplus() }, { $0.elu() },
        ]
        for function in functions {
            #expect(function(padded).values.last == function(Tensor(1.75)).scalar)
        }
    }
}
