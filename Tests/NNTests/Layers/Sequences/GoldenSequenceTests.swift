import NN
import Tensor
import TestSupport
import Testing

/// The cases of golden_ops.json that a layer computes.
@Suite("Layers for sequences against golden numbers")
struct GoldenSequenceTests {
    private struct Case: Decodable {
        let id: String
        let op: String
        let attrs: Attributes
        let inputs: [String: NumberArray]
        let outputs: [String: NumberArray]
        let upstream: [String: NumberArray]
        let grads: [String: NumberArray]

        struct Attributes: Decodable {
            let act: String?
            let causal: Bool?
            let heads: Int?
        }

        /// An input, with respect to which gradients can be asked.
        func leaf(_ name: String) throws -> Tensor { try #require(inputs[name]).tensor.tracked }
    }

    private func cases(_ op: String) throws -> [Case] {
        struct File: Decodable { let cases: [Case] }
        return try Fixture.decode("golden/golden_ops.json", as: File.self).cases.filter { $0.op == op }
    }

    private func expect(_ found: [String: Tensor], _ golden: Case) throws {
        #expect(found.count == golden.grads.count)
        for (name, exact) in golden.grads {
            let gradient = try #require(found[name])
            #expect(gradient.deviation(from: exact) <= 1e-5, "\(golden.id): gradient of \(name)")
        }
    }

    /// Compares a cell that starts from given states; `leaves` are all inputs by the file's names.
    private func check<Cell: RecurrentCell>(
        _ golden: Case, _ cell: Cell, _ leaves: [String: Tensor], _ names: [String: String],
        from start: Cell.State,
        memory: (Cell.State) -> Tensor?
    ) throws {
        let context = ForwardContext(tensors: names.compactMapValues { leaves[$0] })
        let (outputs, state) = cell.read(try #require(leaves["x"]), from: start, context)
        let hidden = Tensor.stacked(outputs)
        #expect(hidden.deviation(from: try #require(golden.outputs["hs"])) <= 1e-5)
        var sum = (hidden * (try #require(golden.upstream["hs"])).tensor).sum()
        if let memory = memory(state) {
            #expect(memory.deviation(from: try #require(golden.outputs["cT"])) <= 1e-5)
            sum = sum + (memory * (try #require(golden.upstream["cT"])).tensor).sum()
        }
        try expect(try gradients(of: sum, withRespectTo: leaves), golden)
    }

    @Test("rnn with tanh and relu")
    func rnn() throws {
        let cases = try cases("rnn")
        #expect(cases.count == 2)
        for golden in cases {
            let leaves = golden.inputs.mapValues(\.tensor).mapValues(\.tracked)
            let cell = RNNCell(
                scope: "", inputs: 3, units: 4, activation: golden.attrs.act == "relu" ? .relu : .tanh)
            try check(
                golden, cell, leaves, ["input_weight": "Wx", "hidden_weight": "Wh", "bias": "b"],
                from: try #require(leaves["h0"])
            ) { _ in nil }
        }
    }

    @Test("lstm, its memory included")
    func lstm() throws {
        let golden = try #require(try cases("lstm").first)
        let leaves = golden.inputs.mapValues(\.tensor).mapValues(\.tracked)
        let start = LSTMCell.State(hidden: try #require(leaves["h0"]), cell: try #require(leaves["c0"]))
        try check(
            golden, LSTMCell(scope: "", inputs: 3, units: 4), leaves,
            ["input_weight": "Wx", "hidden_weight": "Wh", "bias": "b"], from: start
        ) { $0.cell }
    }

    @Test("gru that resets after the product")
    func gru() throws {
        let golden = try #require(try cases("gru_reset_after").first)
        let leaves = golden.inputs.mapValues(\.tensor).mapValues(\.tracked)
        try check(
            golden, GRUCell(scope: "", inputs: 3, units: 4), leaves,
            ["input_weight": "Wx", "hidden_weight": "Wh", "bias": "bx", "hidden_bias": "bh"],
            from: try #require(leaves["h0"])
        ) { _ in nil }
    }

    @Test("one attention head and several")
    func attention() throws {
        for op in ["attention_head", "multihead_attention"] {
            let golden = try #require(try cases(op).first)
            let isCausal = try #require(golden.attrs.causal as Bool?)
            let layer: any Layer =
                op == "attention_head"
                ? Attention(name: "a", features: 6, size: 4, isCausal: isCausal)
                : MultiHeadAttention(
                    name: "a", features: 6, heads: try #require(golden.attrs.heads), isCausal: isCausal)
            let leaves = golden.inputs.mapValues(\.tensor).mapValues(\.tracked)
            let names = [
                "a.query.weight": "Wq", "a.key.weight": "Wk", "a.value.weight": "Wv", "a.output.weight": "Wo",
            ]
            let y = layer(try #require(leaves["x"]), names.compactMapValues { leaves[$0] })
            #expect(y.deviation(from: try #require(golden.outputs["y"])) <= 1e-5)
            let seed = try #require(golden.upstream["y"]).tensor
            try expect(try gradients(of: y, withRespectTo: leaves, seed: seed), golden)
        }
    }

    @Test("embedding")
    func embedding() throws {
        let golden = try #require(try cases("embedding").first)
        let table = try golden.leaf("table")
        let layer = Embedding(name: "e", vocabulary: 7, size: 4)
        let y = layer(try #require(golden.inputs["idx"]).tensor, ["e.weight": table])
        #expect(y.deviation(from: try #require(golden.outputs["y"])) <= 1e-5)
        let seed = try #require(golden.upstream["y"]).tensor
        try expect(try gradients(of: y, withRespectTo: ["table": table], seed: seed), golden)
    }
}
