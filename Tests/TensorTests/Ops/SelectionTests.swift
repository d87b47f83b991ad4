import Tensor
import Testing

@Suite("Comparisons, choices and extrema")
struct SelectionTests {
    private func gradient(_ x: Tensor, _ function: (Tensor) -> Tensor) throws -> [Float]? {
        let x = x.tracked
        return try gradients(of: function(x).sum(), withRespectTo: ["x": x])["x"]?.values
    }

    @Test("comparisons give 1 or 0 and no gradient, and a NaN is only unequal")
    func comparisons() {
        let a = Tensor([1, 2, 3, .nan]).tracked
        #expect((a .< 2).values == [1, 0, 0, 0] && (a .<= 2).values == [1, 1, 0, 0])
        #expect((a .> 2).values == [0, 0, 1, 0] && (a .>= 2).values == [0, 1, 1, 0])
        #expect((a .== 2).values == [0, 1, 0, 0] && (a .!= 2).values == [1, 0, 1, 1])
        #expect((a .== a).values == [1, 1, 1, 0] && !(a .< 2).isTracked)
        let table = Tensor([1, 2], shape: [2, 1]) .<= Tensor([0, 1, 2])
        #expect(table.shape == [2, 3] && table.values == [0, 1, 1, 0, 0, 1])
    }

    @Test("where takes one or the other, and what is not chosen gets 0 even beside a NaN")
    func choice() throws {
        #expect(
            Tensor.where(Tensor([1, 0, .nan, -0.0]), Tensor(5), Tensor([1, 2, 3, 4])).values == [5, 2, 5, 4])
        let found = try gradient(Tensor([0, 4])) { Tensor.where($0 .> 0, $0.squareRoot(), $0) }
        // The root's infinite slope at 0 is multiplied by the 0 that it gets.
        #expect(found?[0].isNaN == true && found?[1] == 0.25)
        let safe = try gradient(Tensor([0, 4])) { x in
            Tensor.where(x .> 0, Tensor.where(x .> 0, x, Tensor(1)).squareRoot(), x)
        }
        #expect(safe == [1, 0.25])
    }

    @Test("minimum and maximum: equal values share the gradient, a NaN on either side stays one")
    func pairs() throws {
        let (a, b) = (Tensor([1, 2, 3]).tracked, Tensor([2, 2, 2]).tracked)
        #expect(Tensor.minimum(a, b).values == [1, 2, 2] && Tensor.maximum(a, b).values == [2, 2, 3])
        let low = try gradients(of: Tensor.minimum(a, b).sum(), withRespectTo: ["a": a, "b": b])
        #expect(low["a"]?.values == [1, 0.5, 0] && low["b"]?.values == [0, 0.5, 1])
        let high = try gradients(of: Tensor.maximum(a, b).sum(), withRespectTo: ["a": a, "b": b])
        #expect(high["a"]?.values == [0, 0.5, 1] && high["b"]?.values == [1, 0.5, 0])
        for function in [Tensor.minimum, Tensor.maximum] as [(Tensor, Tensor) -> Tensor] {
            #expect(function(Tensor([.nan, 1]), Tensor([1, .nan])).values.allSatisfy { $0.isNaN })
        }
    }

    @Test("clip and abs: borders, corners, infinities and NaN")
    func clipAndAbsolute() throws {
        let x = Tensor([-.infinity, -1, 0, 2, .infinity])
        #expect(x.clip(min: -1, max: 2).values == [-1, -1, 0, 2, 2])
        #expect(try gradient(x) { $0.clip(min: -1, max: 2) } == [0, 1, 1, 1, 0])
        #expect(x.abs().values == [.infinity, 1, 0, 2, .infinity])
        #expect(try gradient(x) { $0.abs() } == [-1, -1, 0, 1, 1])
        #expect(Tensor(-0.0).abs().scalar.sign == .plus)
        #expect(Tensor(.nan).clip(min: 0, max: 1).scalar.isNaN && Tensor(.nan).abs().scalar.isNaN)
    }

    @Test("of equal values the first one is the extremum and gets the whole gradient")
    func ties() throws {
        let x = Tensor([1, 3, 3, 0, 0, 3], shape: [2, 3])
        #expect(x.argmax() == [1, 2] && x.argmax(0) == [0, 0, 0] && x.argmin(-2) == [1, 1, 0])
        #expect(x.argmin(1) == [0, 0])
        #expect(try gradient(x) { $0.max() } == [0, 1, 0, 0, 0, 0])
        #expect(try gradient(x) { $0.min(over: [0]) } == [0, 0, 1, 1, 1, 0])
        #expect(try gradient(x) { $0.max(over: [1], keepingAxes: true) } == [0, 1, 0, 0, 0, 1])
    }

    @Test("a NaN is the extremum, and the first one is found")
    func notANumber() {
        let x = Tensor([1, .nan, 5, .nan, 2, 7], shape: [2, 3])
        #expect(x.argmax() == [1, 0] && x.argmin() == [1, 0])
        #expect(x.max(over: [-1]).values.allSatisfy { $0.isNaN } && x.min().scalar.isNaN)
        #expect(x.max(over: [0]).values[2] == 7)
        #expect(Tensor([-.infinity, -.infinity]).max().scalar == -.infinity)
        #expect(Tensor([-.infinity, -.infinity]).argmax() == [0])
    }

    @Test("an empty result is fine where there is nothing to choose for")
    func empty() {
        let x = Tensor([], shape: [0, 3])
        #expect(x.max(over: [1]).shape == [0] && x.argmax(1).isEmpty)
        #expect(x.min(over: [1], keepingAxes: true).shape == [0, 1])
    }
}
