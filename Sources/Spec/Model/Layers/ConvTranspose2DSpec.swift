/// The transpose of a convolution over two axes, which makes images larger: each input value is spread over a kernel.
///
/// A sample is [channels, height, width]; the weight is [channels, filters / groups] + kernel. The output has
/// (input - 1) * stride - 2 * padding + kernel + output_padding rows and columns.
public struct ConvTranspose2DSpec: Sendable, Equatable {
    /// How many channels come out.
    public var filters: Int
    /// The kernel's height and width.
    public var kernel: [Int]
    /// How far apart the kernels of neighbouring inputs are, downward and to the right.
    public var stride: [Int]
    /// How many rows and columns the output loses on each side.
    public var padding: [Int]
    /// How many rows and columns the output has more at its end; less than the stride.
    public var outputPadding: [Int]
    /// Groups of channels that do not see each other; divides the channels and the filters.
    public var groups: Int
    /// What is applied to the outputs; nil for nothing.
    public var activation: ActivationSpec?
    /// How the weight starts.
    public var initializer: InitializerSpec
    /// Whether a bias is added to each channel.
    public var bias: Bool

    /// The stride is 1 and there is no padding unless told otherwise; an initializer of nil stands for He's with a ReLU
    /// and for Xavier's otherwise.
    public init(
        filters: Int, kernel: [Int], stride: [Int] = [1, 1], padding: [Int] = [0, 0],
        outputPadding: [Int] = [0, 0], groups: Int = 1, activation: ActivationSpec? = nil,
        initializer: InitializerSpec? = nil, bias: Bool = true
    ) {
        self.filters = filters
        self.kernel = kernel
        self.stride = stride
        self.padding = padding
        self.outputPadding = outputPadding
        self.groups = groups
        self.activation = activation
        self.initializer = initializer ?? InitializerSpec.standard(before: activation)
        self.bias = bias
    }
}

extension ConvTranspose2DSpec: LayerKind {
    static let rule = VariantRule.Kind(
        "conv_transpose2d",
        JobFormat.layerKeys([
            JobFormat.filters,
            JobFormat.sizes("kernel", required: true, .atLeast(1), axes: 2, "The kernel's size."),
            JobFormat.sizes("stride", .atLeast(1), axes: 2, "Outputs from input to input; default 1."),
            JobFormat.sizes(
                "padding", .atLeast(0), axes: 2, "What the output loses on each side; default 0."),
            JobFormat.sizes(
                "output_padding", .atLeast(0), axes: 2, "What the output has more at its end; default 0."),
            JobFormat.groupsKey, JobFormat.activationKey, JobFormat.initializerKey, JobFormat.biasKey,
        ]),
        "The transpose of a convolution over the last two axes.")

    init(_ node: DocumentNode) throws(SpecError) {
        func sizes(_ key: String, _ standard: Int) throws(SpecError) -> [Int] {
            guard let node = node[key] else { return [standard, standard] }
            return try [Int](sizes: node, axes: 2)
        }
        var activation: ActivationSpec?
        var initializer: InitializerSpec?
        try node.read("activation", into: &activation)
        try node.read("init", into: &initializer)
        self.init(
            filters: try node.required("filters"), kernel: try sizes("kernel", 1),
            stride: try sizes("stride", 1), padding: try sizes("padding", 0),
            outputPadding: try sizes("output_padding", 0), activation: activation, initializer: initializer)
        try node.read("groups", into: &groups)
        try node.read("bias", into: &bias)
    }

    var document: DocumentNode {
        DocumentNode([
            "filters": filters.document, "kernel": kernel.document, "stride": stride.document,
            "padding": padding.document, "output_padding": outputPadding.document,
            "groups": groups.document, "activation": activation?.document, "init": initializer.document,
            "bias": bias.document,
        ])
    }

    func infer(_ inference: inout ShapeInference) throws(SpecError) {
        let window = Window(
            layer: keyword, kernel: kernel, stride: stride, padding: .zeros(padding), dilation: [1, 1])
        try window.check(inference)
        guard outputPadding.count == 2, zip(outputPadding, stride).allSatisfy({ $0 >= 0 && $0 < $1 }) else {
            throw inference.problem(
                "expected `output_padding` below the stride \(stride), found \(outputPadding)")
        }
        let channels = inference.shape[0]
        try inference.checkGroups(groups, filters: filters)
        try inference.parameter("weight", [channels, filters / groups] + kernel)
        if bias { try inference.parameter("bias", [filters]) }
        inference.shape =
            [filters]
            + (0..<2).map { axis in
                let spread = (inference.shape[axis + 1] - 1) * stride[axis] + kernel[axis]
                return spread - 2 * padding[axis] + outputPadding[axis]
            }
    }
}
