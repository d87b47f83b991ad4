import Tensor
import TestSupport
import Testing

@Suite("Operations on shapes")
struct ShapeOperationTests {
    @Test("a permutation and its inverse give back the same values, for all orders of four axes")
    func permutations() {
        let x = Tensor.wave([2, 3, 1, 4])
        var seen = 0
        for code in 0..<256 {
            let axes = [code & 3, code >> 2 & 3, code >> 4 & 3, code >> 6]
            guard Set(axes).count == 4 else { continue }
            seen += 1
            let y = x.permuted(axes)
            #expect(y.shape.sizes == axes.map { x.shape[$0] })
            #expect(y.permuted((0..<4).map { axis in axes.firstIndex(of: axis) ?? -1 }).values == x.values)
        }
        #expect(seen == 24)
    }

    @Test("slices along axis 0 are views, others are not")
    func views() {
        let buffer = FlatBuffer([1, 2, 3, 4, 5, 6])
        let x = Tensor(viewing: buffer, at: 0, shape: [3, 2])
        let (row, column) = (x.selected(axis: 0, index: 1), x.selected(axis: 1, index: 0))
        let inner = x.reshaped([1, 3, 2]).sliced(axis: 1, range: 1..<3)
        buffer.write([30, 40], at: 2)
        #expect(row.values == [30, 40] && inner.values == [30, 40, 5, 6] && column.values == [1, 3, 5])
    }

    @Test("to cut and to join are inverse, along every axis")
    func cutAndJoin() {
        let x = Tensor.wave([4, 6, 2])
        for axis in 0..<3 {
            #expect(Tensor.concatenated(x.split(into: 2, axis: axis), axis: axis).values == x.values)
            #expect(Tensor.stacked(x.unstacked(axis: axis), axis: axis).values == x.values)
        }
        #expect(x.sliced(axis: 1, range: 2..<2).shape == [4, 0, 2])
        #expect(Tensor.concatenated([x, Tensor([], shape: [4, 0, 2])], axis: 1).values == x.values)
    }

    @Test("to pad and then to crop or to slice is the identity")
    func padThenSlice() {
        let x = Tensor.wave([2, 3, 2])
        let padded = x.padded(before: [1, 0, 3], after: [0, 2, 1], value: 9)
        #expect(padded.shape == [3, 5, 6])
        #expect(padded.values.filter { $0 == 9 }.count == 90 - 12)
        #expect(padded.cropped(before: [1, 0, 3], after: [0, 2, 1]).values == x.values)
        let sliced = padded.sliced(axis: 0, range: 1..<3).sliced(axis: 1, range: 0..<3)
        #expect(sliced.sliced(axis: 2, range: 3..<5).values == x.values)
    }

    @Test("to gather ones and to add them up again counts")
    func counts() {
        let ones = Tensor(repeating: 1, shape: [4, 2])
        let gathered = ones.gathered(indices: [3, 1, 3, 3, 1])
        #expect(
            gathered.scatterAdded(indices: [3, 1, 3, 3, 1], count: 4).values == [0, 0, 2, 2, 0, 0, 3, 3])
    }

    @Test("what meets at one place is summed in double: a small number among large ones is not lost")
    func scatterPrecision() {
        let sum = Tensor([1e9, 1, -1e9], shape: [3, 1]).scatterAdded(indices: [0, 0, 0], count: 1)
        #expect(sum.values == [1])
    }

    @Test("one-hot rows, flattened axes, exchanged axes")
    func small() {
        #expect(Tensor.oneHot([2, 0], classes: 3).values == [0, 0, 1, 1, 0, 0])
        let x = Tensor.wave([2, 3, 4])
        #expect(x.flattened().shape == [24] && x.flattened(from: 1).shape == [2, 12])
        #expect(x.flattened(from: 3).shape == [2, 3, 4, 1])
        #expect(Tensor([], shape: [0, 3, 4]).flattened(from: 1).shape == [0, 12])
        #expect(x.transposed().shape == [2, 4, 3] && x.transposed(0, 2).shape == [4, 3, 2])
        #expect(x.transposed(0, 2).transposed(0, 2).values == x.values)
    }

    @Test("many slices of one tensor, used beside the whole, and of a parameter: the gradients add up")
    func manySlices() throws {
        let x = Tensor.wave([5, 3]).tracked
        let steps = x.unstacked()
        let y = steps.reduce(x.sum()) { $0 + $1.squared().sum() } + (x * 3).sum()
        let found = try gradients(of: y, withRespectTo: ["x": x])
        let expected = x.values.map { value in 2 * Double(value) + 4 }
        #expect(deviation(found["x"]?.values ?? [], from: expected) <= 1e-6)

        let weights = FlatBuffer(x.values + [7])
        let buffer = FlatBuffer(Array(repeating: Float(5), count: 16))
        let parameter = Tensor.parameter(viewing: weights, at: 0, shape: [5, 3])
        let z = parameter.sliced(axis: 1, range: 1..<2).sum() + parameter.selected(axis: 0, index: 4).sum()
        try backward(from: z, seed: 1, parameters: [parameter], into: buffer)
        #expect(buffer.values == [0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 1, 2, 1, 5])
    }

    @Test("adding to a gradient in place leaves alone what others see, in a second pass too")
    func inPlace() throws {
        let x = Tensor.wave([2, 3]).tracked
        let seed = Tensor.wave([2, 3], phase: 2)
        let before = seed.values
        // The sum hands its own gradient, which is the seed, on to x before the slices add theirs.
        let y = x + Tensor.stacked(x.unstacked())
        for _ in 0..<2 {
            let found = try gradients(of: y, withRespectTo: ["x": x], seed: seed, keepingGraph: true)
            #expect(found["x"]?.values == before.map { 2 * $0 })
            #expect(seed.values == before)
        }
    }

    @Test("a stretched matrix' gradient is the sum over the products it took part in")
    func stretchedProduct() throws {
        let (a, b) = (Tensor.wave([3, 2, 4]), Tensor.wave([4, 5], phase: 1).tracked)
        for transposing in [false, true] {
            let left = transposing ? a.transposed() : a
            let found = try gradients(
                of: left.matmul(b, transposingA: transposing).weighted(), withRespectTo: ["b": b])
            let written = try gradients(
                of: left.matmul(b.expanded(to: [3, 4, 5]), transposingA: transposing).weighted(),
                withRespectTo: ["b": b])
            let reference = try #require(written["b"]).values.map { Double($0) }
            #expect(deviation(found["b"]?.values ?? [], from: reference) <= 1e-6)
        }
    }
}
