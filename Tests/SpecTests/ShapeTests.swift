import Spec
import Testing

@Suite("Shapes of models")
struct ShapeTests {
    @Test("the example: 784 - 500 - 200 - 10")
    func example() throws {
        let shapes = try SpecTests.example.model.shapes()
        #expect(
            shapes.parameters == [
                .init(name: "0.weight", shape: [784, 500]), .init(name: "0.bias", shape: [500]),
                .init(name: "1.weight", shape: [500, 200]), .init(name: "1.bias", shape: [200]),
                .init(name: "2.weight", shape: [200, 10]), .init(name: "2.bias", shape: [10]),
            ])
        // 784*500 + 500 + 500*200 + 200 + 200*10 + 10
        #expect(shapes.parameterCount == 494_710)
        #expect(shapes.output == [10])
    }

    @Test("images are flattened, names are prefixed and biases may be missing")
    func nested() throws {
        let model = ModelSpec(
            input: [3, 4, 5],
            layers: [
                LayerSpec(.activation(.tanh)),
                LayerSpec(.flatten),
                LayerSpec(
                    name: "body",
                    .sequential([
                        LayerSpec(name: "in", .dense(.init(units: 7, bias: false))),
                        LayerSpec(.sequential([LayerSpec(.dense(.init(units: 2)))])),
                    ])),
            ])
        let shapes = try model.shapes()
        #expect(
            shapes.layers == [
                .init(name: "0", input: [3, 4, 5], output: [3, 4, 5]),
                .init(name: "1", input: [3, 4, 5], output: [60]),
                .init(name: "body", input: [60], output: [2]),
                .init(name: "body.in", input: [60], output: [7]),
                .init(name: "body.1", input: [7], output: [2]),
                .init(name: "body.1.0", input: [7], output: [2]),
            ])
        #expect(
            shapes.parameters == [
                .init(name: "body.in.weight", shape: [60, 7]),
                .init(name: "body.1.0.weight", shape: [7, 2]), .init(name: "body.1.0.bias", shape: [2]),
            ])
        #expect(shapes.parameterCount == 436)
    }

    @Test("a dense layer that is given an image says so, with its line")
    func denseNeedsVector() {
        let model = "model:\n  input: [1, 28, 28]\n  layers:\n    - relu\n    - dense: {units: 10}"
        #expect(
            problem(text(\.model, model))
                == "line 8: model.layers[1].dense: `dense` takes a vector or a sequence of vectors and its "
                + "input has the shape [1, 28, 28]; put `flatten` before it")
        let nested = "model:\n  input: [2, 2, 2]\n  layers:\n    - sequential:\n        - dense: {units: 10}"
        #expect(
            problem(text(\.model, nested))
                == "line 8: model.layers[0].sequential[0].dense: `dense` takes a vector or a sequence of "
                + "vectors and its input has the shape [2, 2, 2]; put `flatten` before it")
    }

    @Test("the model must train something and put out a vector with a number a class")
    func output() {
        #expect(
            problem(text(\.model, "model: {input: [4], layers: [relu]}"))
                == "line 4: model.layers: there is nothing to train; add a `dense` layer")
        #expect(
            problem(text(\.model, "model: {input: [4], layers: [{dense: {units: 1}}]}"))
                == "line 5: loss: `softmax_cross_entropy` needs at least 2 outputs, one a class; the "
                + "model has 1; for two classes and one output take `binary_cross_entropy`"
        )
    }

    @Test("sizes are bounded, and products of sizes cannot overflow")
    func bounds() throws {
        #expect(
            problem(text(\.model, "model: {input: [65536, 65536], layers: [flatten, {dense: {units: 2}}]}"))
                == "line 4: model.input: expected sizes of at least 1 with a product of at most "
                + "2147483648, found "
                + "[65536, 65536]")
        #expect(
            problem(text(\.model, "model: {input: [65536, 32768], layers: [flatten, {dense: {units: 2}}]}"))
                == nil)
        #expect(
            problem(text(\.model, "model: {input: [10000000], layers: [{dense: {units: 10000000}}]}"))
                == "line 4: model.layers[0].dense: expected sizes of at least 1 and at most "
                + "1099511627776 weights, found [10000000, 10000000] for `weight`")
        let wide = Array(repeating: LayerSpec(.dense(.init(units: 1_000_000, bias: false))), count: 3)
        #expect(
            throws: SpecError(
                key: "model.layers[2].dense",
                "with this layer the model has more than 1099511627776 parameters")
        ) { try ModelSpec(input: [1_000], layers: wide).shapes() }
        for input in [[], [0], [-3], [Int.max, Int.max]] {
            #expect(throws: SpecError.self) { try ModelSpec(input: input, layers: wide).shapes() }
        }
        #expect(throws: SpecError.self) {
            try ModelSpec(input: [2], layers: [LayerSpec(.dense(.init(units: .max)))]).shapes()
        }
    }

    @Test("layers inside layers count towards the most that a model may have")
    func layerCount() {
        let layers = Array(repeating: LayerSpec(.activation(.relu)), count: 4000)
        let model = ModelSpec(
            input: [2], layers: [LayerSpec(.sequential(layers)), LayerSpec(.sequential(layers))])
        #expect(
            throws: SpecError(key: "model.layers[1].sequential[94]", "the model has more than 4096 layers")
        ) {
            try model.shapes()
        }
    }
}
