import Tensor
import TestSupport
import Testing

@Suite("Means, variances and sums of exponentials")
struct ReductionTests {
    private func gradient(_ x: Tensor, _ function: (Tensor) -> Tensor) throws -> [Float]? {
        let x = x.tracked
        return try gradients(of: function(x).sum(), withRespectTo: ["x": x])["x"]?.values
    }

    @Test("negative axes count from the end, everywhere alike")
    func negativeAxes() {
        let x = Tensor.wave([2, 3, 4])
        #expect(x.sum(over: [-1]).values == x.sum(over: [2]).values)
        #expect(x.mean(over: [-3, 1]).values == x.mean(over: [0, 1]).values)
        #expect(x.max(over: [-2]).values == x.max(over: [1]).values)
        #expect(x.min(over: [-2]).values == x.min(over: [1]).values)
        #expect(x.variance(over: [-1, 0]).values == x.variance(over: [2, 0]).values)
        #expect(x.centred(over: [-2]).values == x.centred(over: [1]).values)
        #expect(x.logSumExp(over: [-3]).values == x.logSumExp(over: [0]).values)
        #expect(x.softmax(axis: -2).values == x.softmax(axis: 1).values)
        #expect(x.logSoftmax(axis: -3).values == x.logSoftmax(axis: 0).values)
        #expect(x.argmax(-2) == x.argmax(1) && x.argmin(-3) == x.argmin(0))
    }

    @Test("axes stay with size 1 when asked to, and all are taken when none is named")
    func shapes() {
        let x = Tensor.wave([2, 3, 4])
        let functions: [(Set<Int>, Bool) -> Tensor] = [
            { x.sum(over: $0, keepingAxes: $1) }, { x.mean(over: $0, keepingAxes: $1) },
            { x.max(over: $0, keepingAxes: $1) }, { x.min(over: $0, keepingAxes: $1) },
            { x.variance(over: $0, keepingAxes: $1) }, { x.logSumExp(over: $0, keepingAxes: $1) },
        ]
        for function in functions {
            #expect(function([1], false).shape == [2, 4] && function([1], true).shape == [2, 1, 4])
            #expect(function([0, -1], false).shape == [3] && function([0, -1], true).shape == [1, 3, 1])
            #expect(function([0, 1, 2], false).shape == [] && function([], false).shape == x.shape)
        }
        #expect(x.max().shape == [] && x.variance().shape == [] && x.logSumExp().shape == [])
    }

    @Test("a reduction over any axes is that of the values brought together by hand")
    func anyAxes() {
        let x = Tensor.wave([3, 4, 5])
        // [middle][outer and inner in row-major order]
        let rows = (0..<4).map { j in
            (0..<3).flatMap { i in (0..<5).map { k in x.values[(i * 4 + j) * 5 + k] } }
        }
        let gathered = Tensor(rows.flatMap { $0 }, shape: [4, 15])
        #expect(x.max(over: [0, 2]).values == gathered.max(over: [1]).values)
        #expect(x.variance(over: [0, 2]).values == gathered.variance(over: [1]).values)
        #expect(x.logSumExp(over: [0, 2]).values == gathered.logSumExp(over: [1]).values)
        #expect(
            x.reshaped([12, 5]).transposed().softmax(axis: 0).values
                == x.reshaped([12, 5]).softmax().transposed().values)
        #expect(x.reshaped([12, 5]).transposed().argmax(0) == x.reshaped([12, 5]).argmax())
    }

    @Test("the variance of equal values is 0, with the gradient 0, however large they are")
    func zeroVariance() throws {
        for value in [0, 0.1, 1e4, -3e37] as [Float] {
            let x = Tensor(repeating: value, shape: [7])
            #expect(x.variance().scalar == 0 && x.variance(unbiased: true).scalar == 0)
            #expect(try gradient(x) { $0.variance() } == [Float](repeating: 0, count: 7))
        }
    }

    @Test("the mean of numbers whose sum Float32 cannot hold is their mean, and no value has none")
    func mean() throws {
        let large = Tensor([3e38, 3e38, 3e38, 1e38, -3e38, -2e38], shape: [2, 3])
        #expect(large.mean(over: [1]).values.first == 3e38 && large.mean(over: [0]).values[0] == 2e38)
        #expect(
            Tensor([.leastNonzeroMagnitude, .leastNonzeroMagnitude]).mean().scalar == .leastNonzeroMagnitude)
        #expect(try gradient(large) { $0.mean() } == [Float](repeating: 1 / 6, count: 6))
        #expect(Tensor([]).mean().scalar.isNaN && Tensor([]).mean(over: [0]).scalar.isNaN)
    }

    @Test("one value has the variance 0 and no unbiased one; no value has none")
    func fewValues() {
        #expect(Tensor([5]).variance().scalar == 0 && Tensor([5]).variance(unbiased: true).scalar.isNaN)
        #expect(Tensor([1, 3]).variance(unbiased: true).scalar == 2)
        #expect(Tensor([]).variance().scalar.isNaN && Tensor([]).logSumExp().scalar == -.infinity)
    }

    @Test("log sum exp of logits of ±1e4, of one number, and of denormal ones")
    func logSumExp() throws {
        #expect(Tensor([1e4, 1e4]).logSumExp().scalar == Float(1e4 + 0.693_147_180_56))
        #expect(Tensor([-1e4, 1e4]).logSumExp().scalar == 1e4 && Tensor([-1e4]).logSumExp().scalar == -1e4)
        #expect(
            Tensor([.leastNonzeroMagnitude, -.leastNonzeroMagnitude]).logSumExp().scalar
                == Float(0.693_147_180_56))
        #expect(try gradient(Tensor([-1e4, 1e4])) { $0.logSumExp() } == [0, 1])
        #expect(try gradient(Tensor([1e4, 1e4])) { $0.logSumExp() } == [0.5, 0.5])
    }

    @Test("rows of -infinity have the log sum -infinity and the gradient 0; infinity and NaN pass")
    func infiniteRows() throws {
        let low = -Float.infinity
        let x = Tensor([low, low, low, 0], shape: [2, 2])
        #expect(x.logSumExp(over: [1]).values == [low, 0])
        #expect(try gradient(x) { $0.logSumExp(over: [1]) } == [0, 0, 0, 1])
        #expect(Tensor([low, .infinity]).logSumExp().scalar == .infinity)
        #expect(
            Tensor([low, .nan]).logSumExp().scalar.isNaN
                && Tensor([.infinity, .nan]).logSumExp().scalar.isNaN)
        let rows = x.softmax()
        #expect(rows.values[0].isNaN && rows.values[1].isNaN && rows.values[2...] == [0, 1])
        #expect(x.logSoftmax().values[2...] == [low, 0])
    }

    @Test("with one class softmax is 1, its logarithm 0, and nothing flows back")
    func oneClass() throws {
        let x = Tensor([3, -700, 1e4], shape: [3, 1])
        #expect(x.softmax().values == [1, 1, 1] && x.logSoftmax().values == [0, 0, 0])
        #expect(try gradient(x) { $0.softmax().weighted() } == [0, 0, 0])
        #expect(try gradient(x) { $0.logSoftmax().weighted() } == [0, 0, 0])
    }

    @Test("the logarithm of a softmax keeps its digits at 1e4, where its sum's has lost them")
    func precise() {
        let y = Tensor([1e4, 1e4 + 0.5, 1e4 - 2]).logSoftmax().values
        // By NumPy: [0, 0.5, -2] - log(1 + e^0.5 + e^-2).
        #expect(deviation(y, from: [-1.023_909_06, -0.523_909_06, -3.023_909_06]) <= 1e-7)
    }
}
