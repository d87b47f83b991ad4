import Tensor
import TestSupport
import Testing

/// Recurrent cells and attention, put together from operations: several outputs, all of which count.
@Suite("Recurrence and attention against float64 references")
struct GoldenNetworkTests {
    @Test("no case is silently left out")
    func count() throws { #expect(try GoldenOperation.networks().count == 6) }

    @Test("forward and backward", arguments: try GoldenOperation.networks())
    func agrees(_ operation: GoldenOperation) throws {
        let tensors = operation.inputs.mapValues(\.tensor.tracked)
        let evaluate = try #require(GoldenOperation.networkEvaluators[operation.op])
        let outputs = evaluate(GoldenInputs(tensors: tensors, operation: operation))
        #expect(outputs.count == operation.outputs.count)
        for (name, reference) in operation.outputs {
            #expect(try #require(outputs[name]).deviation(from: reference) <= 1e-5, "output \(name)")
        }
        let loss = try operation.upstream.sorted { $0.key < $1.key }.reduce(Tensor(0)) { sum, next in
            sum + (try #require(outputs[next.key]) * next.value.tensor).sum()
        }
        let found = try gradients(of: loss, withRespectTo: tensors)
        #expect(operation.grads.count == tensors.count)
        for (input, reference) in operation.grads {
            #expect(try #require(found[input]).deviation(from: reference) <= 1e-5, "gradient of \(input)")
        }
    }
}

extension GoldenOperation {
    static func networks() throws -> [GoldenOperation] {
        try all().filter { networkEvaluators[$0.op] != nil }
    }

    /// All outputs by name.
    static let networkEvaluators: [String: @Sendable (GoldenInputs) -> [String: Tensor]] = [
        "rnn": { inputs in
            let act = inputs.operation.attrs.act
            var (h, steps) = (inputs["h0"], [Tensor]())
            for x in inputs["x"].unstacked() {
                let sum = x.matmul(inputs["Wx"]) + h.matmul(inputs["Wh"]) + inputs["b"]
                h = act == "relu" ? sum.relu() : sum.tanh()
                steps.append(h)
            }
            return ["hs": Tensor.stacked(steps)]
        },
        "lstm": { inputs in
            var (h, c, steps) = (inputs["h0"], inputs["c0"], [Tensor]())
            for x in inputs["x"].matmul(inputs["Wx"]).unstacked() {
                let gates = (x + h.matmul(inputs["Wh"]) + inputs["b"]).split(into: 4, axis: 1)
                c = gates[1].sigmoid() * c + gates[0].sigmoid() * gates[2].tanh()
                h = gates[3].sigmoid() * c.tanh()
                steps.append(h)
            }
            return ["hs": Tensor.stacked(steps), "cT": c]
        },
        "gru_reset_after": { inputs in
            var (h, steps) = (inputs["h0"], [Tensor]())
            for x in (inputs["x"].matmul(inputs["Wx"]) + inputs["bx"]).unstacked() {
                let gx = x.split(into: 3, axis: 1)
                let gh = (h.matmul(inputs["Wh"]) + inputs["bh"]).split(into: 3, axis: 1)
                let (r, z) = ((gx[0] + gh[0]).sigmoid(), (gx[1] + gh[1]).sigmoid())
                h = (1 - z) * (gx[2] + r * gh[2]).tanh() + z * h
                steps.append(h)
            }
            return ["hs": Tensor.stacked(steps)]
        },
        "attention_head": { inputs in
            let x = inputs["x"]
            let (y, weights) = attend(
                x.matmul(inputs["Wq"]), x.matmul(inputs["Wk"]), x.matmul(inputs["Wv"]), causal: false)
            return ["y": y, "attn": weights]
        },
        "multihead_attention": { inputs in
            let (x, heads) = (inputs["x"], inputs.operation.attrs.heads ?? 0)
            /// [batch, time, features] as [batch, head, time, features of the head].
            func project(_ name: String) -> Tensor {
                let y = x.matmul(inputs[name])
                return y.reshaped([y.shape[0], y.shape[1], heads, y.shape[2] / heads]).transposed(1, 2)
            }
            let causal = inputs.operation.attrs.causal ?? false
            let (y, _) = attend(project("Wq"), project("Wk"), project("Wv"), causal: causal)
            return ["y": y.transposed(1, 2).flattened(from: 2).matmul(inputs["Wo"])]
        },
    ]

    private static func attend(
        _ q: Tensor, _ k: Tensor, _ v: Tensor, causal: Bool
    ) -> (result: Tensor, weights: Tensor) {
        let (time, size) = (q.shape[q.shape.rank - 2], q.shape[q.shape.rank - 1])
        var scores = q.matmul(k, transposingB: true) / Float(size).squareRoot()
        if causal {
            let mask = (0..<(time * time)).map { $0 % time > $0 / time ? -Float.infinity : 0 }
            scores = scores + Tensor(mask, shape: [time, time])
        }
        let weights = scores.softmax()
        return (weights.matmul(v), weights)
    }
}
