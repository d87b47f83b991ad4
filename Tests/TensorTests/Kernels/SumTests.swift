import Tensor
import TestSupport
import Testing

@Suite("Sums")
struct SumTests {
    @Test(
        "long vectors of one sign are summed to a unit in the last place",
        arguments: [1, 15, 16, 17, 4095, 4096, 4097, 1_000_003])
    func long(_ count: Int) {
        let x = Tensor.wave([count], scale: 0.3, offset: 1)
        let reference = x.values.reduce(0.0) { $0 + Double($1) }
        #expect(deviation([x.sum().scalar], from: [reference]) <= 1.2e-7)
    }

    @Test("a constant that Float32 rounds does not drift over ten million terms")
    func constant() {
        let x = Tensor(repeating: 0.1, shape: [10_000_000])
        #expect(deviation([x.sum().scalar], from: [Double(Float(0.1)) * 1e7]) <= 1.2e-7)
    }

    @Test("sums over an axis of a wide matrix are those of its columns", arguments: [1, 7, 8, 9, 64, 67])
    func columns(_ width: Int) {
        let rows = 1_013
        let x = Tensor.wave([rows, width])
        let values = x.values
        let reference = (0..<width).map { j in
            (0..<rows).reduce(0.0) { $0 + Double(values[$1 * width + j]) }
        }
        #expect(deviation(x.sum(over: [0]).values, from: reference) <= 1.2e-7)
        #expect(deviation(x.transposed().sum(over: [1]).values, from: reference) <= 1.2e-7)
    }

    @Test("several axes at once, kept or left out")
    func severalAxes() {
        let x = Tensor((0..<24).map(Float.init), shape: [2, 3, 4])
        #expect(x.sum(over: [0, 2]).shape == [3] && x.sum(over: [0, 2]).values == [60, 92, 124])
        #expect(x.sum(over: [0, 2], keepingAxes: true).shape == [1, 3, 1])
        #expect(x.sum(over: [0, 1, 2]).shape == [] && x.sum(over: [0, 1, 2]).scalar == 276)
        #expect(x.sum(over: []).values == x.values)
    }

    @Test("several axes are rounded once, at the end")
    func roundedOnce() {
        let x = Tensor([1e8, 1, -1e8, 0], shape: [2, 2])
        #expect(x.sum(over: [0, 1]).scalar == 1)
        #expect(x.reshaped([2, 1, 2]).sum(over: [0, 2]).values == [1])
    }

    @Test("a sum over nothing is 0, a mean of nothing NaN")
    func empty() {
        #expect(Tensor([]).sum().scalar == 0)
        #expect(Tensor([]).mean().scalar.isNaN)
        #expect(Tensor([], shape: [0, 3]).sum(over: [0]).values == [0, 0, 0])
        #expect(Tensor([], shape: [3, 0]).sum(over: [1]).values == [0, 0, 0])
    }

    @Test("infinities and NaN show in the sum")
    func special() {
        #expect(Tensor([1, .infinity]).sum().scalar == .infinity)
        #expect(Tensor([.infinity, -.infinity]).sum().scalar.isNaN)
        #expect(Tensor([1, .nan]).sum().scalar.isNaN)
    }
}
