import Foundation
import Spec
import Testing

@Suite("Layers in a job file")
struct LayerFormatTests {
    /// A layer as it is written, what is read, and how it is written canonically. All take and give vectors of 6.
    struct Case: Sendable {
        let text: String
        let kind: LayerSpec.Kind
        let canonical: String

        init(_ text: String, _ kind: LayerSpec.Kind, _ canonical: String) {
            (self.text, self.kind, self.canonical) = (text, kind, canonical)
        }
    }

    private static let image = ReshapeSpec([6, 1, 1])
    private static let sequence = ReshapeSpec([6, 1])

    private static func image(_ text: String, _ kind: LayerSpec.Kind, _ canonical: String) -> Case {
        inside(text, kind, canonical, "[6, 1, 1]", image)
    }

    private static func sequence(_ text: String, _ kind: LayerSpec.Kind, _ canonical: String) -> Case {
        inside(text, kind, canonical, "[6, 1]", sequence)
    }

    /// The layer between one that makes its input's shape of a vector and `flatten`.
    private static func inside(
        _ text: String, _ kind: LayerSpec.Kind, _ canonical: String, _ shape: String, _ reshape: ReshapeSpec
    ) -> Case {
        Case(
            "sequential: [{reshape: {shape: \(shape)}}, \(text), flatten]",
            .sequential([LayerSpec(.reshape(reshape)), LayerSpec(kind), LayerSpec(.flatten)]),
            "{\"sequential\":[{\"reshape\":{\"shape\":\(shape.replacing(" ", with: ""))}},\(canonical),\"flatten\"]}"
        )
    }

    static let kinds: [Case] =
        [
            image(
                "{conv2d: {filters: 6, kernel: 1}}",
                .convolution(ConvolutionSpec(filters: 6, kernel: [1, 1])),
                #"{"conv2d":{"bias":true,"dilation":[1,1],"filters":6,"groups":1,"init":"xavier_normal","kernel":[1,1],"#
                    + #""padding":[0,0],"stride":[1,1]}}"#),
            image(
                "{conv2d: {filters: 3, kernel: [2, 3], stride: 2, padding: [1, 2], dilation: [1, 2], groups: 3, "
                    + "activation: relu, bias: false}}",
                .convolution(
                    ConvolutionSpec(
                        filters: 3, kernel: [2, 3], stride: [2, 2], padding: .zeros([1, 2]),
                        dilation: [1, 2],
                        groups: 3, activation: .relu, initializer: .heNormal, bias: false)),
                #"{"conv2d":{"activation":"relu","bias":false,"dilation":[1,2],"filters":3,"groups":3,"init":"he_normal","#
                    + #""kernel":[2,3],"padding":[1,2],"stride":[2,2]}}"#),
            sequence(
                "{conv1d: {filters: 6, kernel: 3, padding: same, init: {orthogonal: {gain: 2}}}}",
                .convolution(
                    ConvolutionSpec(
                        filters: 6, kernel: [3], padding: .same, initializer: .orthogonal(gain: 2))),
                #"{"conv1d":{"bias":true,"dilation":1,"filters":6,"groups":1,"init":{"orthogonal":{"gain":2}},"kernel":3,"#
                    + #""padding":"same","stride":1}}"#),
            image(
                "{conv_transpose2d: {filters: 2, kernel: 3, stride: 2, padding: 1, output_padding: [0, 1], groups: 2}}",
                .convTranspose2d(
                    ConvTranspose2DSpec(
                        filters: 2, kernel: [3, 3], stride: [2, 2], padding: [1, 1], outputPadding: [0, 1],
                        groups: 2)),
                #"{"conv_transpose2d":{"bias":true,"filters":2,"groups":2,"init":"xavier_normal","kernel":[3,3],"#
                    + #""output_padding":[0,1],"padding":[1,1],"stride":[2,2]}}"#),
            image(
                "{max_pool2d: {size: 2, padding: 1}}",
                .pooling(PoolingSpec(.max, size: [2, 2], padding: [1, 1])),
                #"{"max_pool2d":{"padding":[1,1],"size":[2,2],"stride":[2,2]}}"#),
            sequence(
                "{max_pool1d: {size: 3, stride: 1, padding: 1}}",
                .pooling(PoolingSpec(.max, size: [3], stride: [1], padding: [1])),
                #"{"max_pool1d":{"padding":1,"size":3,"stride":1}}"#),
            image(
                "{avg_pool2d: {size: [1, 2], padding: [0, 1], count_padding: false}}",
                .pooling(PoolingSpec(.average, size: [1, 2], padding: [0, 1], countsPadding: false)),
                #"{"avg_pool2d":{"count_padding":false,"padding":[0,1],"size":[1,2],"stride":[1,2]}}"#),
            sequence(
                "{avg_pool1d: {size: 1}}", .pooling(PoolingSpec(.average, size: [1])),
                #"{"avg_pool1d":{"count_padding":true,"padding":0,"size":1,"stride":1}}"#),
            image(
                "global_avg_pool2d", .globalPooling(GlobalPoolingSpec(.average, axes: 2)),
                "\"global_avg_pool2d\""),
            image(
                "global_max_pool2d", .globalPooling(GlobalPoolingSpec(.max, axes: 2)), "\"global_max_pool2d\""
            ),
            sequence(
                "global_avg_pool1d", .globalPooling(GlobalPoolingSpec(.average, axes: 1)),
                "\"global_avg_pool1d\""),
            sequence(
                "global_max_pool1d", .globalPooling(GlobalPoolingSpec(.max, axes: 1)), "\"global_max_pool1d\""
            ),
            Case(
                "batch_norm", .batchNorm(BatchNormSpec()),
                #"{"batch_norm":{"affine":true,"epsilon":1e-05,"momentum":0.1}}"#),
            Case(
                "batch_norm: {momentum: 1, epsilon: 0.5, affine: false}",
                .batchNorm(BatchNormSpec(momentum: 1, epsilon: 0.5, affine: false)),
                #"{"batch_norm":{"affine":false,"epsilon":0.5,"momentum":1}}"#),
            Case(
                "layer_norm: {affine: false}", .layerNorm(LayerNormSpec(affine: false)),
                #"{"layer_norm":{"affine":false,"epsilon":1e-05}}"#),
            Case(
                "group_norm: {groups: 3}", .groupNorm(GroupNormSpec(groups: 3)),
                #"{"group_norm":{"affine":true,"epsilon":1e-05,"groups":3}}"#),
            Case("rms_norm", .rmsNorm(RMSNormSpec()), #"{"rms_norm":{"epsilon":1e-05}}"#),
            Case("dropout: {rate: 0.25}", .dropout(rate: 0.25), #"{"dropout":{"rate":0.25}}"#),
            Case("permute: {axes: [0]}", .permute(PermuteSpec([0])), #"{"permute":{"axes":[0]}}"#),
            Case("residual: [tanh]", .residual([LayerSpec(.activation(.tanh))]), #"{"residual":["tanh"]}"#),
            Case(
                "residual: {layers: [tanh]}", .residual([LayerSpec(.activation(.tanh))]),
                #"{"residual":["tanh"]}"#),
            Case(
                "residual: {layers: [tanh], activation: {elu: {alpha: 2}}}",
                .residual([LayerSpec(.activation(.tanh))], activation: .elu(alpha: 2)),
                #"{"residual":{"activation":{"elu":{"alpha":2}},"layers":["tanh"]}}"#),
            Case(
                "dense: {units: 6, activation: leaky_relu, init: {truncated_normal: {deviation: 0.02}}}",
                .dense(
                    DenseSpec(
                        units: 6, activation: .leakyRelu(slope: 0.01),
                        initializer: .truncatedNormal(deviation: 0.02))),
                #"{"dense":{"activation":{"leaky_relu":{"slope":0.01}},"bias":true,"#
                    + #""init":{"truncated_normal":{"deviation":0.02}},"units":6}}"#),
            Case("leaky_relu", .activation(.leakyRelu()), #"{"leaky_relu":{"slope":0.01}}"#),
            Case("leaky_relu: {slope: 0}", .activation(.leakyRelu(slope: 0)), #"{"leaky_relu":{"slope":0}}"#),
            Case("elu", .activation(.elu()), #"{"elu":{"alpha":1}}"#),
        ]
        + [
            ("gelu", .gelu), ("gelu_tanh", .geluTanh), ("silu", .silu), ("softplus", .softplus),
            ("tanh", .tanh),
            ("hard_sigmoid", .hardSigmoid), ("hard_tanh", .hardTanh), ("hard_swish", .hardSwish),
            ("softmax", .softmax), ("log_softmax", .logSoftmax),
        ].map { (word: String, function: ActivationSpec) in
            Case(
                "dense: {units: 6, init: zeros, activation: \(word)}",
                .dense(DenseSpec(units: 6, activation: function, initializer: .zeros)),
                "{\"dense\":{\"activation\":\"\(word)\",\"bias\":true,\"init\":\"zeros\",\"units\":6}}")
        }
        + [
            ("ones", .ones, "\"ones\""), ("lecun_normal", .lecunNormal, "\"lecun_normal\""),
            ("lecun_uniform", .lecunUniform, "\"lecun_uniform\""),
            ("orthogonal", .orthogonal(), #"{"orthogonal":{"gain":1}}"#),
            ("{constant: {value: -1.5}}", .constant(-1.5), #"{"constant":{"value":-1.5}}"#),
            ("{normal: {deviation: 3}}", .normal(deviation: 3), #"{"normal":{"deviation":3}}"#),
            ("{uniform: {bound: 0.5}}", .uniform(bound: 0.5), #"{"uniform":{"bound":0.5}}"#),
        ].map { (text: String, initializer: InitializerSpec, canonical: String) in
            Case(
                "dense: {units: 6, init: \(text)}", .dense(DenseSpec(units: 6, initializer: initializer)),
                "{\"dense\":{\"bias\":true,\"init\":\(canonical),\"units\":6}}")
        }

    @Test("is read with its defaults and written canonically", arguments: kinds.indices)
    func reads(_ index: Int) throws {
        let layer = Self.kinds[index]
        let spec = layer.text.contains(": ") ? "{\(layer.text)}" : layer.text
        let job = try JobSpec(
            yaml: text(\.model, "model: {input: [6], layers: [\(spec), flatten, {dense: {units: 3}}]}"))
        #expect(job.model.layers[0] == LayerSpec(layer.kind))
        #expect(job.canonicalJSON.contains("\"layers\":[\(layer.canonical),\"flatten\","))
        #expect(try JobSpec(yaml: job.canonicalJSON) == job)
    }

    /// What is said about a layer with this input.
    private func complaint(_ layer: String, input: String = "[2, 5, 4]") -> String? {
        problem(text(\.model, "model: {input: \(input), layers: [{\(layer)}, flatten, {dense: {units: 3}}]}"))
    }

    @Test("a sample that does not fit gets a sentence with both shapes")
    func shapes() {
        #expect(
            complaint("conv2d: {filters: 4, kernel: 3}", input: "[20]")
                == "line 4: model.layers[0].conv2d: `conv2d` takes samples of the shape [channels, height, width] and its "
                + "input has the shape [20]; put `reshape` before it")
        #expect(
            complaint("max_pool1d: {size: 3}")
                == "line 4: model.layers[0].max_pool1d: `max_pool1d` takes samples of the shape [channels, length] and its "
                + "input has the shape [2, 5, 4]; put `reshape` before it")
        #expect(
            complaint("global_avg_pool2d: {}", input: "[3, 3]")
                == "line 4: model.layers[0].global_avg_pool2d: `global_avg_pool2d` takes samples of the shape [channels, "
                + "height, width] and its input has the shape [3, 3]; put `reshape` before it")
        #expect(
            complaint("conv2d: {filters: 4, kernel: [3, 3], dilation: 2}")
                == "line 4: model.layers[0].conv2d: a window of [3, 3] does not fit into the input [2, 5, 4]; make it "
                + "smaller or add `padding`")
        #expect(
            complaint("conv2d: {filters: 4, kernel: 1, groups: 3}")
                == "line 4: model.layers[0].conv2d: expected `groups` that divide the 2 channels of the input [2, 5, 4] and "
                + "the 4 filters, found 3")
        #expect(
            complaint("conv_transpose2d: {filters: 4, kernel: 2, output_padding: 1}")
                == "line 4: model.layers[0].conv_transpose2d: expected `output_padding` below the stride [1, 1], found [1, 1]"
        )
        #expect(
            complaint("conv_transpose2d: {filters: 4, kernel: 1, padding: 3}")
                == "line 4: model.layers[0].conv_transpose2d: expected an output with sizes of at least 1 and at most "
                + "2147483648 numbers, found [4, -1, -2] for an input of [2, 5, 4]")
        #expect(
            complaint("avg_pool2d: {size: 3, padding: 2}")
                == "line 4: model.layers[0].avg_pool2d: expected `padding` of at most half the window's size [3, 3], "
                + "found [2, 2]")
        #expect(
            complaint("group_norm: {groups: 3}")
                == "line 4: model.layers[0].group_norm: expected `groups` that divide the 2 channels of the input "
                + "[2, 5, 4], found 3")
        #expect(
            complaint("batch_norm: {}", input: "[1, 2, 3, 4]")
                == "line 4: model.layers[0].batch_norm: `batch_norm` takes samples of the shape [features], [channels, "
                + "length] or [channels, height, width] and its input has the shape [1, 2, 3, 4]; put `reshape` before it"
        )
        #expect(
            complaint("reshape: {shape: [6, 7]}")
                == "line 4: model.layers[0].reshape: expected a shape with as many numbers as the input [2, 5, 4] has, "
                + "found [6, 7]")
        #expect(
            complaint("permute: {axes: [0, 2]}")
                == "line 4: model.layers[0].permute: expected each axis of the input [2, 5, 4] once, from 0 to 2, "
                + "found [0, 2]")
        #expect(
            complaint("residual: [flatten]")
                == "line 4: model.layers[0].residual: the layers inside `residual` must put out the shape that they take; "
                + "they make [40] of [2, 5, 4]")
        #expect(
            complaint("residual: {layers: [{dense: {units: 3}}], activation: relu}")
                == "line 4: model.layers[0].residual.layers[0].dense: `dense` takes a vector or a sequence of vectors and "
                + "its input has the shape [2, 5, 4]; put `flatten` before it")
    }

    @Test("a value that the grammar refuses gets a sentence")
    func values() {
        let place = "line 4: model.layers[0]"
        #expect(
            complaint("conv2d: {filters: 4, kernel: 0}")
                == "\(place).conv2d.kernel: expected an integer of at least 1, found 0")
        #expect(
            complaint("conv2d: {filters: 4, kernel: [3, 3, 3]}")
                == "\(place).conv2d.kernel: expected one number for all axes or a list of 2, found 3")
        #expect(
            complaint("conv2d: {filters: 4, kernel: [3, x]}")
                == "\(place).conv2d.kernel[1]: expected an integer of at least 1, found \"x\"")
        #expect(
            complaint("conv2d: {filters: 4, kernel: {h: 3}}")
                == "\(place).conv2d.kernel: expected an integer of at least 1, or a list of 2 integers, found a mapping"
        )
        #expect(
            complaint("conv2d: {filters: 4, kernel: 1, padding: valid}")
                == "\(place).conv2d.padding: expected an integer of at least 0 or `same`, found \"valid\"")
        #expect(
            complaint("conv2d: {filters: 4}")
                == "\(place).conv2d.kernel: the key is missing; expected an integer of at least 1, or a list of 2 integers"
        )
        #expect(
            complaint("dropout: {rate: 1}")
                == "\(place).dropout.rate: expected a number of at least 0 and below 1, found 1")
        #expect(
            complaint("batch_norm: {momentum: 0}")
                == "\(place).batch_norm.momentum: expected a number above 0 and at most 1, found 0")
        #expect(
            complaint("dense: {units: 3, activation: {relu: {slope: 1}}}")
                == "\(place).dense.activation.relu.slope: unknown key `slope`; there is nothing to set here")
        #expect(
            complaint("dense: {units: 3, activation: gleu}")
                == "\(place).dense.activation: unknown activation `gleu`, did you mean `gelu`?")
        #expect(
            complaint("dense: {units: 3, init: normal}")
                == "\(place).dense.init.normal.deviation: the key is missing; expected a finite number above 0"
        )
        #expect(
            complaint("dense: {units: 3, init: {constant: {value: .inf}}}")
                == "\(place).dense.init.constant.value: expected a finite number, found .inf")
        #expect(
            complaint("residual: relu")
                == "\(place).residual: expected a list of layers or a mapping with the keys layers, activation, name, "
                + "frozen, weight_decay, found \"relu\"")
        #expect(
            complaint("residual: {activation: relu}")
                == "\(place).residual.layers: the key is missing; expected a list of layers")
    }

    @Test("sizes from code are held to the same bounds, and products cannot overflow")
    func bounds() {
        let largest = Int.max
        let kinds: [LayerSpec.Kind] = [
            .convolution(ConvolutionSpec(filters: 1, kernel: [largest, largest])),
            .convolution(ConvolutionSpec(filters: 1, kernel: [1, 1], stride: [0, 1])),
            .convolution(ConvolutionSpec(filters: 1, kernel: [1, 1], padding: .zeros([largest, 1]))),
            .convolution(ConvolutionSpec(filters: 1, kernel: [2, 2], dilation: [largest, 1])),
            .convolution(ConvolutionSpec(filters: 1, kernel: [1, 1], dilation: [1])),
            .convolution(ConvolutionSpec(filters: largest, kernel: [1, 1])),
            .convolution(ConvolutionSpec(filters: 0, kernel: [1, 1])),
            .convolution(ConvolutionSpec(filters: 1, kernel: [1, 1], groups: 0)),
            .convolution(ConvolutionSpec(filters: 1, kernel: [1, 1, 1])),
            .convolution(ConvolutionSpec(filters: 1, kernel: [])),
            .convTranspose2d(ConvTranspose2DSpec(filters: 1, kernel: [1, 1], stride: [1])),
            .convTranspose2d(ConvTranspose2DSpec(filters: 1, kernel: [1, 1], outputPadding: [])),
            .pooling(PoolingSpec(.max, size: [largest, 1])),
            .pooling(PoolingSpec(.max, size: [2, 2], padding: [largest, 0])),
            .globalPooling(GlobalPoolingSpec(.max, axes: 3)),
            .globalPooling(GlobalPoolingSpec(.max, axes: -1)),
            .groupNorm(GroupNormSpec(groups: 0)), .reshape(ReshapeSpec([largest, largest])),
            .reshape(ReshapeSpec([])),
            .permute(PermuteSpec([])), .permute(PermuteSpec([0, 0, 1])),
        ]
        for kind in kinds {
            let model = ModelSpec(input: [1, 5, 5], layers: [LayerSpec(kind)])
            #expect(throws: SpecError.self, "\(kind)") { try model.shapes() }
            var job = example
            job.model = model
            #expect(throws: SpecError.self, "\(kind)") { try job.validate() }
        }
    }

    @Test("parameters, averages and shapes of a network for images")
    func network() throws {
        let model = """
            model:
              input: [1, 28, 28]
              layers:
                - conv2d: {filters: 6, kernel: 5, padding: 2, activation: relu}
                - batch_norm
                - max_pool2d: {size: 2}
                - {residual: [{conv2d: {filters: 6, kernel: 3, padding: same, groups: 3, bias: false}}], name: block}
                - conv2d: {filters: 16, kernel: [5, 3], stride: [1, 2]}
                - conv_transpose2d: {filters: 4, kernel: 3, stride: 2, output_padding: 1}
                - global_avg_pool2d
                - dense: {units: 10}
            """
        let shapes = try JobSpec(yaml: text(\.model, model)).model.shapes()
        #expect(
            shapes.layers.map(\.output) == [
                [6, 28, 28], [6, 28, 28], [6, 14, 14], [6, 14, 14], [6, 14, 14], [16, 10, 6], [4, 22, 14],
                [4], [10],
            ])
        #expect(
            shapes.parameters == [
                .init(name: "0.weight", shape: [6, 1, 5, 5]), .init(name: "0.bias", shape: [6]),
                .init(name: "1.weight", shape: [6]), .init(name: "1.bias", shape: [6]),
                .init(name: "block.0.weight", shape: [6, 2, 3, 3]),
                .init(name: "4.weight", shape: [16, 6, 5, 3]), .init(name: "4.bias", shape: [16]),
                .init(name: "5.weight", shape: [16, 4, 3, 3]), .init(name: "5.bias", shape: [4]),
                .init(name: "7.weight", shape: [4, 10]), .init(name: "7.bias", shape: [10]),
            ])
        #expect(
            shapes.averages == [
                .init(name: "1.running_mean", shape: [6]), .init(name: "1.running_var", shape: [6]),
            ])
    }

    @Test("a dense layer takes each step of a sequence")
    func sequence() throws {
        let shapes = try ModelSpec(input: [7, 3], layers: [LayerSpec(.dense(DenseSpec(units: 5)))]).shapes()
        #expect(shapes.output == [7, 5] && shapes.parameters[0].shape == [3, 5])
    }

    @Test("names inside a residual layer are unique, too")
    func names() {
        #expect(
            complaint("residual: [{tanh: {name: a}}, {relu: {name: a}}]")
                == "line 4: model.layers[0].residual[1].name: expected a name of its own; layer 0 is called `a` too"
        )
    }
}
