import Tensor
import TestSupport
import Testing

@Suite("Steps of recurrent networks in one operation")
struct RecurrentStepTests {
    private func wave(_ shape: Tensor.Shape, _ phase: Double) -> Tensor {
        Tensor.wave(shape, phase: phase, scale: 1.5)
    }

    /// The formulas, from single operations.
    private func lstm(_ input: Tensor, _ hidden: Tensor, _ cell: Tensor) -> Tensor {
        let gates = (input + hidden).split(into: 4, axis: 1)
        let c = gates[1].sigmoid() * cell + gates[0].sigmoid() * gates[2].tanh()
        return Tensor.stacked([gates[3].sigmoid() * c.tanh(), c])
    }

    private func gru(_ input: Tensor, _ hidden: Tensor, _ state: Tensor) -> Tensor {
        let (a, b) = (input.split(into: 3, axis: 1), hidden.split(into: 3, axis: 1))
        let (r, z) = ((a[0] + b[0]).sigmoid(), (a[1] + b[1]).sigmoid())
        return (1 - z) * (a[2] + r * b[2]).tanh() + z * state
    }

    /// Value, gradients and second derivatives of `fused` are those of `composed`.
    private func compare(
        gates: Int, batch: Int, units: Int, _ fused: (Tensor, Tensor, Tensor) -> Tensor,
        _ composed: (Tensor, Tensor, Tensor) -> Tensor
    ) throws {
        let operands = [
            wave([batch, gates * units], 0.1), wave([batch, gates * units], 0.9), wave([batch, units], 0.4),
        ]
        func evaluate(_ function: (Tensor, Tensor, Tensor) -> Tensor) throws -> [[Double]] {
            let leaves = operands.map(\.tracked)
            let named = ["0": leaves[0], "1": leaves[1], "2": leaves[2]]
            let y = function(leaves[0], leaves[1], leaves[2])
            let sum = (y * wave(y.shape, 0.6)).sum()
            let first = try gradients(of: sum, withRespectTo: named)
            // Of another graph, because a backward pass uses one up.
            let again = function(leaves[0], leaves[1], leaves[2])
            let recorded = try gradients(
                of: (again * wave(y.shape, 0.6)).sum(), withRespectTo: named, differentiable: true)
            var total = Tensor(0)
            for name in ["0", "1", "2"] {
                let gradient = try #require(recorded[name])
                total = total + (gradient * wave(gradient.shape, 0.2)).sum()
            }
            let second = try gradients(of: total, withRespectTo: named)
            return try [y.values.map(Double.init)]
                + ["0", "1", "2"].flatMap { name in
                    try [first, recorded, second].map { try #require($0[name]).values.map(Double.init) }
                }
        }
        for (found, exact) in zip(try evaluate(fused), try evaluate(composed)) {
            #expect(deviation(found.map { Float($0) }, from: exact) <= 2e-6)
        }
    }

    @Test("agree with single operations, twice differentiated", arguments: [1, 2, 5], [1, 3, 16, 17, 33])
    func agree(batch: Int, units: Int) throws {
        try compare(
            gates: 4, batch: batch, units: units, { Tensor.lstmStep(input: $0, hidden: $1, cell: $2) }, lstm)
        try compare(
            gates: 3, batch: batch, units: units, { Tensor.gruStep(input: $0, hidden: $1, state: $2) }, gru)
    }

    @Test("gates that are far open or shut stay finite, and so do their gradients")
    func saturated() throws {
        for size: Float in [-1e4, 1e4] {
            let gates = Tensor(repeating: size, shape: [1, 12]).tracked
            let cell = Tensor([-1, 0.5, 2], shape: [1, 3]).tracked
            let y = Tensor.lstmStep(input: gates, hidden: gates.detached, cell: cell)
            #expect(y.values.allSatisfy { $0.isFinite })
            let found = try gradients(of: y.sum(), withRespectTo: ["gates": gates, "cell": cell])
            #expect(found.values.allSatisfy { $0.values.allSatisfy { $0.isFinite } })
            // An open forget gate and an open input gate: c + g; a shut one leaves nothing.
            let memory = Array(y.values.suffix(3))
            #expect(size > 0 ? memory == [0, 1.5, 3] : memory == [0, 0, 0])
        }
    }
}
