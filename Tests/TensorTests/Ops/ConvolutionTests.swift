import Tensor
import TestSupport
import Testing

@Suite("Convolution and pooling")
struct ConvolutionTests {
    private let x = Tensor.wave([3, 4, 6, 5])
    private let weight = Tensor.wave([6, 4, 3, 2], phase: 1)

    private func convolve(_ x: Tensor, _ weight: Tensor, groups: Int = 1) -> Tensor {
        Tensor.conv2d(x, weight: weight, stride: (2, 1), padding: (1, 1), groups: groups)
    }

    private func agree(_ a: Tensor, _ b: Tensor) -> Bool {
        a.shape == b.shape && deviation(a.values, from: b.values.map(Double.init)) <= 2e-6
    }

    @Test("is linear in the image and in the weights")
    func linear() {
        let (u, v) = (Tensor.wave(x.shape, phase: 2), Tensor.wave(weight.shape, phase: 3))
        #expect(agree(convolve(x * 2 + u, weight), convolve(x, weight) * 2 + convolve(u, weight)))
        #expect(agree(convolve(x, weight * 2 + v), convolve(x, weight) * 2 + convolve(x, v)))
    }

    @Test("to permute the samples permutes the results, bit for bit")
    func batchOrder() {
        let order: [Int32] = [2, 0, 1]
        let pooled = { (y: Tensor) in y.maxPool2d(kernel: (2, 2)).averagePool2d(kernel: (1, 2)) }
        let first = pooled(convolve(x.gathered(indices: order), weight))
        let second = pooled(convolve(x, weight)).gathered(indices: order)
        #expect(first.values.map(\.bitPattern) == second.values.map(\.bitPattern))
    }

    @Test("in groups is separate convolutions side by side, bit for bit")
    func groups() {
        let weight = Tensor.wave([6, 2, 3, 2], phase: 1)
        let parts = zip(x.split(into: 2, axis: 1), weight.split(into: 2, axis: 0)).map { convolve($0, $1) }
        #expect(convolve(x, weight, groups: 2).values == Tensor.concatenated(parts, axis: 1).values)
    }

    @Test("with padding is without it on a padded image")
    func padding() {
        let padded = x.padded(before: [0, 0, 1, 1], after: [0, 0, 1, 1])
        #expect(agree(convolve(x, weight), Tensor.conv2d(padded, weight: weight, stride: (2, 1))))
    }

    @Test("the transposed convolution is the transpose: <conv x, y> = <x, transposed conv y>")
    func adjoint() {
        let y = Tensor.wave(convolve(x, weight).shape, phase: 4)
        let back = Tensor.transposedConv2d(
            y, weight: weight, stride: (2, 1), padding: (1, 1), outputPadding: (1, 0))
        #expect(back.shape == x.shape)
        let (left, right) = ((convolve(x, weight) * y).sum().scalar, (x * back).sum().scalar)
        #expect(abs(left - right) <= 1e-5 * max(abs(left), 1))
    }

    @Test("gradients written into a flat buffer are those of the graph, for weights that are used twice too")
    func parameters() throws {
        let bias = Tensor.wave([6], phase: 2)
        let flat = FlatBuffer(weight.values + bias.values)
        let found = FlatBuffer(count: flat.count)
        let w = Tensor.parameter(viewing: flat, at: 0, shape: weight.shape)
        let b = Tensor.parameter(viewing: flat, at: weight.count, shape: bias.shape)
        func loss(_ w: Tensor, _ b: Tensor) -> Tensor {
            let first = Tensor.conv2d(x, weight: w, bias: b, padding: (1, 1))
            return first.weighted() + Tensor.conv2d(x, weight: w, bias: b).weighted(phase: 2)
        }
        try backward(from: loss(w, b), seed: 1, parameters: [w, b], into: found)
        let leaves = ["w": weight.tracked, "b": bias.tracked]
        let graph = try gradients(
            of: loss(try #require(leaves["w"]), try #require(leaves["b"])), withRespectTo: leaves)
        let reference = (graph["w"]?.values ?? []) + (graph["b"]?.values ?? [])
        #expect(deviation(found.values, from: reference.map(Double.init)) <= 1e-6)
    }

    @Test("a second step takes no memory that the first has not left behind")
    func steady() throws {
        let pool = BufferPool()
        let parameters = FlatBuffer(weight.values)
        let found = FlatBuffer(count: weight.count)
        let w = Tensor.parameter(viewing: parameters, at: 0, shape: weight.shape)
        func step() throws {
            let image = Tensor(x.values, shape: x.shape, pool: pool).tracked
            let y = convolve(image, w).relu().maxPool2d(kernel: (2, 2)).flattened(from: 1)
            try backward(from: (y * y).sum(), seed: 1, parameters: [w], into: found)
        }
        try step()
        let (bytes, first) = (pool.allocatedBytes, found.values)
        try step()
        #expect(pool.allocatedBytes == bytes && bytes > 0)
        #expect(found.values == first && first.contains { $0 != 0 })
    }

    @Test("ties: the gradient goes to the first maximum in row-major order")
    func ties() throws {
        let x = Tensor(repeating: 2, shape: [1, 1, 3, 3]).tracked
        let y = x.maxPool2d(kernel: (2, 2), stride: (1, 1))
        #expect(
            try gradients(of: y.sum(), withRespectTo: ["x": x])["x"]?.values == [1, 1, 0, 1, 1, 0, 0, 0, 0])
    }

    @Test("windows of 2 x 2 side by side: the first of ties and the first NaN, the odd column left out")
    func squares() throws {
        let cells: [Float] = [2, 2, 0, .nan, 9, 2, 2, .nan, 5, 9]
        let x = Tensor(cells + [1, 4, -3, -4, 9, 3, 4, -3, -.infinity, 9], shape: [2, 1, 2, 5]).tracked
        let y = x.maxPool2d(kernel: (2, 2))
        #expect(y.values[0] == 2 && y.values[1].isNaN && y.values[2...] == [4, -3])
        let seed = Tensor([1, 2, 3, 4], shape: y.shape)
        let found = try gradients(of: y, withRespectTo: ["x": x], seed: seed)["x"]
        #expect(found?.values == [1, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 3, 4, 0, 0, 0, 0, 0, 0, 0])
    }

    @Test("padding is never a maximum, and a NaN or an infinity is")
    func extremes() {
        let x = Tensor([-3, -.infinity, .nan, 5], shape: [1, 1, 4])
        let y = x.maxPool1d(kernel: 2, stride: 1, padding: 1).values
        #expect(y[0] == -3 && y[1] == -3 && y[2].isNaN && y[3].isNaN && y[4] == 5)
        let low = Tensor(repeating: -.infinity, shape: [1, 1, 2]).globalMaxPool()
        #expect(low.values == [-.infinity])
    }

    @Test("a window over an empty image or sequence, which padding alone would fill, stops with the shape")
    func emptyImage() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            _ = Tensor([], shape: [1, 1, 0, 2]).maxPool2d(kernel: (2, 2), padding: (1, 1))
        }
        let message = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
        #expect(message.contains("do not fit a tensor of [1, 1, 0, 2]"), "\(message)")
        await #expect(processExitsWith: .failure) {
            _ = Tensor([], shape: [1, 1, 0]).averagePool1d(kernel: 2, padding: 1)
        }
    }

    @Test("empty batches and channels")
    func empty() throws {
        let none = Tensor([], shape: [0, 4, 6, 5]).tracked
        let w = weight.tracked
        let y = convolve(none, w)
        #expect(y.shape == [0, 6, 3, 6] && y.maxPool2d(kernel: (2, 2)).shape == [0, 6, 1, 3])
        let found = try gradients(of: y.sum(), withRespectTo: ["w": w, "x": none])
        #expect(found["w"]?.values == [Float](repeating: 0, count: weight.count))
        #expect(none.globalAveragePool().shape == [0, 4])
        let blind = Tensor.conv2d(
            Tensor([], shape: [2, 0, 3, 3]), weight: Tensor([], shape: [2, 0, 2, 2]), bias: Tensor([1, 2]))
        #expect(blind.values == [1, 1, 1, 1, 2, 2, 2, 2, 1, 1, 1, 1, 2, 2, 2, 2])
    }
}
