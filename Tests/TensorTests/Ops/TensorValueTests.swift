import Tensor
import Testing

@Suite("Tensors")
struct TensorValueTests {
    @Test("values, shapes and one number")
    func values() {
        let x = Tensor([1, 2, 3, 4, 5, 6], shape: [2, 3])
        #expect(x.count == 6 && x.shape.rank == 2 && x.shape.description == "[2, 3]")
        #expect(Tensor(7).scalar == 7 && Tensor(7).shape == [])
        #expect(Tensor(repeating: 2, shape: [2, 2]).values == [2, 2, 2, 2])
        #expect(x.description == "Tensor[2, 3] [1.0, 2.0, 3.0, 4.0, 5.0, 6.0]")
        #expect(Tensor([1, 2]).tracked.isTracked && !Tensor([1, 2]).isTracked)
    }

    @Test("values can be written through a span")
    func fill() {
        let x = Tensor(shape: [2, 2]) { span in for i in span.indices { span[i] = Float(i * i) } }
        #expect(x.values == [0, 1, 4, 9])
    }

    @Test("reshape keeps the order, transpose changes it, expand repeats")
    func reshape() {
        let x = Tensor([1, 2, 3, 4, 5, 6], shape: [2, 3])
        #expect(x.reshaped([3, 2]).values == x.values)
        #expect(x.transposed().values == [1, 4, 2, 5, 3, 6] && x.transposed().shape == [3, 2])
        #expect(Tensor([1, 2], shape: [2, 1]).expanded(to: [2, 3]).values == [1, 1, 1, 2, 2, 2])
    }

    @Test("a view of a buffer shows what is written there later")
    func view() {
        let buffer = FlatBuffer([1, 2, 3, 4])
        let view = Tensor(viewing: buffer, at: 1, shape: [3])
        buffer.write([9], at: 2)
        #expect(view.values == [2, 9, 4])
    }
}
