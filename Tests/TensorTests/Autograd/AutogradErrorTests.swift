import Tensor
import Testing

@Suite("What autograd refuses")
struct AutogradErrorTests {
    private func sentence(_ body: () throws -> Void) -> String {
        do { try body() } catch { return "\(error)" }
        return "no error"
    }

    @Test("an input that is not tracked")
    func untrackedInput() {
        let (x, y) = (Tensor([1]).tracked, Tensor([1]))
        let thrown = #expect(throws: AutogradError.self) {
            try gradients(of: (x * y).sum(), withRespectTo: ["weight": y])
        }
        #expect(thrown?.code == .notTracked)
        #expect(thrown?.description == "`weight` is not tracked; make it with `.tracked` before it is used")
    }

    @Test("an output that depends on nothing tracked")
    func untrackedOutput() {
        let x = Tensor([1]).tracked
        let said = sentence { _ = try gradients(of: Tensor([2]).sum(), withRespectTo: ["x": x]) }
        #expect(said == "the output depends on no tracked tensor, so it has no gradient")
    }

    @Test("a second pass over a freed graph")
    func freedGraph() throws {
        let x = Tensor([1, 2]).tracked
        let y = (x * x).sum()
        _ = try gradients(of: y, withRespectTo: ["x": x])
        let thrown = #expect(throws: AutogradError.self) { try gradients(of: y, withRespectTo: ["x": x]) }
        #expect(thrown?.code == .graphFreed)
        #expect(
            thrown?.description
                == "the graph behind this tensor was used up by an earlier backward pass (at sum); "
                + "pass `keepingGraph: true` to the first one")
    }

    @Test("a new operation on a part of a freed graph")
    func partlyFreed() throws {
        let x = Tensor([1, 2]).tracked
        let shared = x * x
        _ = try gradients(of: shared.sum(), withRespectTo: ["x": x])
        let thrown = #expect(throws: AutogradError.self) {
            try gradients(of: (shared + x).sum(), withRespectTo: ["x": x])
        }
        #expect(thrown?.code == .graphFreed)
        // The refusal left no mark: what does not touch the freed part still works.
        #expect(try gradients(of: (x + x).sum(), withRespectTo: ["x": x])["x"]?.values == [2, 2])
    }

    @Test("`keepingGraph` allows another pass with the same result")
    func kept() throws {
        let x = Tensor.wave([4, 3]).tracked
        let y = x.sigmoid().softmax().weighted()
        let first = try gradients(of: y, withRespectTo: ["x": x], keepingGraph: true)
        let second = try gradients(of: y, withRespectTo: ["x": x])
        #expect(first["x"]?.values == second["x"]?.values)
        #expect(throws: AutogradError.self) { try gradients(of: y, withRespectTo: ["x": x]) }
    }

    @Test("an output of more than one number without a seed, and a seed of another shape")
    func seeds() {
        let x = Tensor([1, 2]).tracked
        #expect(
            sentence { _ = try gradients(of: x * 2, withRespectTo: ["x": x]) }
                == "the output has shape [2]; the gradient of more than one number needs a seed")
        #expect(
            sentence { _ = try gradients(of: x * 2, withRespectTo: ["x": x], seed: Tensor([1, 2, 3])) }
                == "the seed has shape [3], the output [2]")
    }
}
