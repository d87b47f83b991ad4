import Spec
import Testing

@Suite("Layers for sequences")
struct SequenceLayerTests {
    /// A job whose model has this input and these layers, as YAML in one line.
    private func job(_ input: String, _ layers: String) -> String {
        text(\.model, "model: {input: \(input), layers: [\(layers)]}")
    }

    private func layers(_ input: String, _ layers: String) throws -> [LayerSpec] {
        try JobSpec(yaml: job(input, layers)).model.layers
    }

    private func parameters(_ input: [Int], _ layers: LayerSpec.Kind...) throws -> [String: [Int]] {
        let shapes = try ModelSpec(input: input, layers: layers.map { LayerSpec($0) }).shapes()
        return Dictionary(uniqueKeysWithValues: shapes.parameters.map { ($0.name, $0.shape) })
    }

    @Test("every key is read, and what is left out has its default")
    func reading() throws {
        #expect(
            try layers(
                "[7]",
                """
                {embedding: {vocabulary: 9, size: 4, init: zeros, padding: 2}}, {positional_encoding: {kind: learned}},
                {rnn: {units: 6, activation: relu, layers: 2, bidirectional: true, return_sequences: true, dropout: 0.5}},
                {lstm: {units: 6, return_sequences: true}}, {gru: {units: 6, reset: before, return_sequences: true}},
                {attention: {size: 6, causal: true, bias: true, dropout: 0.1}},
                {multi_head_attention: {heads: 3, causal: true, bias: true, dropout: 0.2}},
                {transformer_encoder: {heads: 2, feed_forward: 8, layers: 3, activation: relu, dropout: 0.3, norm: post,
                 causal: true}}, last_step, {dense: {units: 3}}
                """)
                == [
                    LayerSpec(
                        .embedding(EmbeddingSpec(vocabulary: 9, size: 4, initializer: .zeros, padding: 2))),
                    LayerSpec(.positionalEncoding(PositionalEncodingSpec(.learned))),
                    LayerSpec(
                        .rnn(
                            RNNSpec(
                                RecurrentSpec(
                                    units: 6, layers: 2, isBidirectional: true, returnsSequences: true,
                                    dropout: 0.5), activation: .relu))),
                    LayerSpec(.lstm(LSTMSpec(RecurrentSpec(units: 6, returnsSequences: true)))),
                    LayerSpec(.gru(GRUSpec(RecurrentSpec(units: 6, returnsSequences: true), reset: .before))),
                    LayerSpec(.attention(AttentionSpec(size: 6, isCausal: true, bias: true, dropout: 0.1))),
                    LayerSpec(
                        .multiHeadAttention(
                            MultiHeadAttentionSpec(heads: 3, isCausal: true, bias: true, dropout: 0.2))),
                    LayerSpec(
                        .transformerEncoder(
                            TransformerEncoderSpec(
                                heads: 2, feedForward: 8, layers: 3, activation: .relu, dropout: 0.3,
                                norm: .post, isCausal: true))),
                    LayerSpec(.lastStep), LayerSpec(.dense(DenseSpec(units: 3))),
                ])
        #expect(
            try layers(
                "[5, 4]",
                """
                positional_encoding, {multi_head_attention: {heads: 2}}, {attention: {size: 3}},
                {transformer_encoder: {heads: 1, feed_forward: 2}}, {rnn: {units: 2, return_sequences: true}},
                {gru: {units: 2, return_sequences: true}}, average_steps
                """)
                == [
                    LayerSpec(.positionalEncoding(PositionalEncodingSpec(.sinusoidal))),
                    LayerSpec(.multiHeadAttention(MultiHeadAttentionSpec(heads: 2))),
                    LayerSpec(.attention(AttentionSpec(size: 3))),
                    LayerSpec(
                        .transformerEncoder(
                            TransformerEncoderSpec(
                                heads: 1, feedForward: 2, layers: 1, activation: .gelu, dropout: 0,
                                norm: .pre, isCausal: false))),
                    LayerSpec(
                        .rnn(RNNSpec(RecurrentSpec(units: 2, returnsSequences: true), activation: .tanh))),
                    LayerSpec(.gru(GRUSpec(RecurrentSpec(units: 2, returnsSequences: true), reset: .after))),
                    LayerSpec(.averageSteps),
                ])
        let short = try layers("[5, 4]", "{lstm: {units: 2}}")
        #expect(
            short == [
                LayerSpec(
                    .lstm(
                        LSTMSpec(
                            RecurrentSpec(
                                units: 2, layers: 1, isBidirectional: false, returnsSequences: false,
                                dropout: 0))))
            ])
    }

    @Test(
        "the canonical form reads back to the same job",
        arguments: [
            "{embedding: {vocabulary: 9, size: 4, padding: 2}}, {lstm: {units: 3, bidirectional: true}}",
            "{embedding: {vocabulary: 9, size: 4, init: zeros}}, {gru: {units: 3, reset: before, layers: 2, dropout: 0.5}}",
            "{embedding: {vocabulary: 9, size: 4}}, {rnn: {units: 3, activation: relu}}",
            "{embedding: {vocabulary: 9, size: 4}}, {attention: {size: 3, dropout: 0.25}}, last_step",
            "{embedding: {vocabulary: 9, size: 4}}, {multi_head_attention: {heads: 2, bias: true}}, average_steps",
            """
            {embedding: {vocabulary: 9, size: 4}}, positional_encoding,
            {transformer_encoder: {heads: 2, feed_forward: 3, norm: post, causal: true}}, flatten
            """,
        ])
    func canonical(layers: String) throws {
        let read = try JobSpec(yaml: job("[7]", layers))
        #expect(try JobSpec(yaml: read.canonicalJSON) == read)
        #expect(try JobSpec(yaml: read.canonicalJSON).canonicalJSON == read.canonicalJSON)
    }

    @Test("parameters of recurrent layers, by level and direction")
    func recurrentParameters() throws {
        #expect(
            try parameters(
                [5, 3], .lstm(LSTMSpec(RecurrentSpec(units: 2, layers: 2, isBidirectional: true))))
                == [
                    "0.input_weight": [3, 8], "0.hidden_weight": [2, 8], "0.bias": [8],
                    "0.backward.input_weight": [3, 8], "0.backward.hidden_weight": [2, 8],
                    "0.backward.bias": [8],
                    "0.1.input_weight": [4, 8], "0.1.hidden_weight": [2, 8], "0.1.bias": [8],
                    "0.1.backward.input_weight": [4, 8], "0.1.backward.hidden_weight": [2, 8],
                    "0.1.backward.bias": [8],
                ])
        #expect(
            try parameters([5, 3], .gru(GRUSpec(RecurrentSpec(units: 2))))
                == [
                    "0.input_weight": [3, 6], "0.hidden_weight": [2, 6], "0.bias": [6], "0.hidden_bias": [6],
                ])
        #expect(
            try parameters([5, 3], .gru(GRUSpec(RecurrentSpec(units: 2), reset: .before)))
                == ["0.input_weight": [3, 6], "0.hidden_weight": [2, 6], "0.bias": [6]])
        #expect(
            try parameters([5, 3], .rnn(RNNSpec(RecurrentSpec(units: 2))))
                == ["0.input_weight": [3, 2], "0.hidden_weight": [2, 2], "0.bias": [2]])
    }

    @Test("parameters of attention, positions and tables")
    func attentionParameters() throws {
        #expect(
            try parameters([5, 3], .attention(AttentionSpec(size: 2)))
                == ["0.query.weight": [3, 2], "0.key.weight": [3, 2], "0.value.weight": [3, 2]])
        #expect(
            try parameters([5, 4], .multiHeadAttention(MultiHeadAttentionSpec(heads: 2, bias: true)))
                == [
                    "0.query.weight": [4, 4], "0.query.bias": [4], "0.key.weight": [4, 4],
                    "0.value.weight": [4, 4], "0.value.bias": [4], "0.output.weight": [4, 4],
                    "0.output.bias": [4],
                ])
        let encoder = TransformerEncoderSpec(heads: 2, feedForward: 6)
        let block: [String: [Int]] = [
            "0.0.attention.query.weight": [4, 4], "0.0.attention.key.weight": [4, 4],
            "0.0.attention.value.weight": [4, 4], "0.0.attention.output.weight": [4, 4],
            "0.0.attention_norm.weight": [4], "0.0.attention_norm.bias": [4],
            "0.0.feed_forward.hidden.weight": [4, 6], "0.0.feed_forward.hidden.bias": [6],
            "0.0.feed_forward.output.weight": [6, 4], "0.0.feed_forward.output.bias": [4],
            "0.0.feed_forward_norm.weight": [4], "0.0.feed_forward_norm.bias": [4],
        ]
        #expect(
            try parameters([5, 4], .transformerEncoder(encoder))
                == block.merging(["0.norm.weight": [4], "0.norm.bias": [4]]) { $1 })
        var post = encoder
        post.norm = .post
        #expect(try parameters([5, 4], .transformerEncoder(post)) == block)
        #expect(
            try parameters([5, 4], .positionalEncoding(PositionalEncodingSpec(.learned))) == [
                "0.weight": [5, 4]
            ])
        #expect(try parameters([5, 4], .positionalEncoding(PositionalEncodingSpec())) == [:])
        #expect(
            try parameters([5], .embedding(EmbeddingSpec(vocabulary: 9, size: 3))) == ["0.weight": [9, 3]])
    }

    @Test("what comes out: all steps, the last one, both directions side by side")
    func outputs() throws {
        func output(_ input: [Int], _ kind: LayerSpec.Kind) throws -> [Int] {
            try ModelSpec(input: input, layers: [LayerSpec(kind)]).shapes().output
        }
        var stack = RecurrentSpec(units: 2)
        #expect(try output([5, 3], .lstm(LSTMSpec(stack))) == [2])
        stack.isBidirectional = true
        #expect(try output([5, 3], .gru(GRUSpec(stack))) == [4])
        stack.returnsSequences = true
        #expect(try output([5, 3], .rnn(RNNSpec(stack))) == [5, 4])
        #expect(try output([5, 3], .attention(AttentionSpec(size: 7))) == [5, 7])
        #expect(try output([5, 4], .multiHeadAttention(MultiHeadAttentionSpec(heads: 4))) == [5, 4])
        #expect(
            try output([5, 4], .transformerEncoder(TransformerEncoderSpec(heads: 1, feedForward: 9))) == [
                5, 4,
            ])
        #expect(try output([5, 4], .positionalEncoding(PositionalEncodingSpec())) == [5, 4])
        #expect(try output([5, 4], .lastStep) == [4])
        #expect(try output([5, 4], .averageSteps) == [4])
        #expect(try output([5], .embedding(EmbeddingSpec(vocabulary: 2, size: 3))) == [5, 3])
    }

    @Test("a layer that takes a sequence says so")
    func needsSequence() {
        let kinds = [
            "rnn: {units: 2}", "lstm: {units: 2}", "gru: {units: 2}", "attention: {size: 2}",
            "multi_head_attention: {heads: 1}", "transformer_encoder: {heads: 1, feed_forward: 2}",
            "positional_encoding: {}", "last_step: {}", "average_steps: {}",
        ]
        for kind in kinds {
            let name = kind.prefix { $0 != ":" }
            #expect(
                problem(job("[7]", "{\(kind)}"))
                    == "line 4: model.layers[0].\(name): `\(name)` takes a sequence [steps, features] and its "
                    + "input has the shape [7]; put `embedding` before it, or give `model.input` as "
                    + "[steps, features]")
            #expect(
                problem(job("[3, 4, 5]", "{\(kind)}"))
                    == "line 4: model.layers[0].\(name): `\(name)` takes a sequence [steps, features] and its "
                    + "input has the shape [3, 4, 5]")
        }
        #expect(
            problem(job("[5, 4]", "{lstm: {units: 2}}, {lstm: {units: 2}}"))
                == "line 4: model.layers[1].lstm: `lstm` takes a sequence [steps, features] and its input has "
                + "the shape [2]; `return_sequences` keeps the steps of a recurrent layer")
    }

    @Test("an embedding takes the indices of a sample, and nothing that a layer has computed")
    func embedding() {
        let table = "{embedding: {vocabulary: 9, size: 4}}"
        #expect(problem(job("[7]", "{sequential: [\(table)]}, flatten")) == nil)
        #expect(
            problem(job("[7]", "relu, \(table), flatten"))
                == "line 4: model.layers[1].embedding: `embedding` takes the indices of a sample; put it before "
                + "all other layers")
        #expect(
            problem(job("[7, 2]", "\(table), flatten"))
                == "line 4: model.layers[0].embedding: `embedding` takes a list of indices and its input has "
                + "the shape [7, 2]; give `model.input` as one number")
        #expect(
            problem(job("[7]", "{embedding: {vocabulary: 9, size: 4, padding: 9}}, flatten"))
                == "line 4: model.layers[0].embedding: `padding` must be below `vocabulary`, which is 9; found 9"
        )
        #expect(
            problem(job("[7]", "{embedding: {vocabulary: 16777217, size: 4}}, flatten"))
                == "line 4: model.layers[0].embedding.vocabulary: expected an integer from 1 to 16777216, "
                + "found 16777217")
    }

    @Test("keys that do not go together")
    func combinations() {
        #expect(
            problem(job("[5, 4]", "{multi_head_attention: {heads: 3}}, flatten"))
                == "line 4: model.layers[0].multi_head_attention: `heads` must divide the features of a step, of "
                + "which the input [5, 4] has 4; found 3")
        #expect(
            problem(job("[5, 4]", "{transformer_encoder: {heads: 8, feed_forward: 2}}, flatten"))
                == "line 4: model.layers[0].transformer_encoder: `heads` must divide the features of a step, of "
                + "which the input [5, 4] has 4; found 8")
        #expect(
            problem(job("[5, 4]", "{gru: {units: 2, dropout: 0.5}}"))
                == "line 4: model.layers[0].gru: `dropout` acts between two layers and there is one; set "
                + "`layers`, or leave it out")
        #expect(
            problem(job("[5, 4]", "{lstm: {units: 2, dropout: 1, layers: 2}}"))
                == "line 4: model.layers[0].lstm.dropout: expected a number of at least 0 and below 1, found 1"
        )
        #expect(
            problem(job("[5, 4]", "{gru: {units: 2, reset: never}}"))
                == "line 4: model.layers[0].gru.reset: unknown reset `never`; allowed here: after, before")
        #expect(
            problem(job("[5, 4]", "{rnn: {units: 2, activation: gelu}}"))
                == "line 4: model.layers[0].rnn.activation: unknown activation `gelu`, did you mean `relu`? allowed here: tanh, relu"
        )
    }

    @Test("a model that ends in a sequence is told how to end in a vector")
    func ends() {
        #expect(
            problem(job("[5, 4]", "{lstm: {units: 2, return_sequences: true}}"))
                == "line 3: data.train.csv.label: `softmax_cross_entropy` with an output of the shape [5, 2] takes 5 "
                + "columns of class indices or 10 columns of soft targets; found 1; for one label a sample end the "
                + "model with `last_step`, `average_steps` or `flatten`")
    }

    @Test("sizes whose product is beyond all bounds are refused, not multiplied")
    func bounds() {
        let wide = RecurrentSpec(
            units: 10_000_000, layers: 1024, isBidirectional: true, returnsSequences: true)
        let kinds: [LayerSpec.Kind] = [
            .rnn(RNNSpec(wide)), .lstm(LSTMSpec(wide)), .gru(GRUSpec(wide)),
            .attention(AttentionSpec(size: 10_000_000)),
            .transformerEncoder(TransformerEncoderSpec(heads: 65_536, feedForward: 10_000_000, layers: 1024)),
        ]
        for kind in kinds {
            #expect(throws: SpecError.self) {
                try ModelSpec(input: [1 << 10, 1 << 21], layers: [LayerSpec(kind)]).shapes()
            }
        }
        // Scores of 2^62 numbers are beyond any machine, but the shape is right.
        let long = ModelSpec(
            input: [1 << 31, 1], layers: [LayerSpec(.multiHeadAttention(MultiHeadAttentionSpec(heads: 1)))])
        #expect(throws: Never.self) { try long.shapes() }
    }
}
