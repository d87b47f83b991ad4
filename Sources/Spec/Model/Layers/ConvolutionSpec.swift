/// Cross-correlation with trained kernels over one axis (`conv1d`) or two (`conv2d`).
///
/// A sample is [channels, length] or [channels, height, width]; the weight is [filters, channels / groups] + kernel.
public struct ConvolutionSpec: Sendable, Equatable {
    /// How many channels come out.
    public var filters: Int
    /// The kernel's size along each axis; their number says whether this is `conv1d` or `conv2d`.
    public var kernel: [Int]
    /// How far the kernel moves along each axis.
    public var stride: [Int]
    /// What stands around the sample.
    public var padding: PaddingSpec
    /// How far apart the kernel's elements are along each axis.
    public var dilation: [Int]
    /// Groups of channels that do not see each other; divides the channels and the filters.
    public var groups: Int
    /// What is applied to the outputs; nil for nothing.
    public var activation: ActivationSpec?
    /// How the weight starts.
    public var initializer: InitializerSpec
    /// Whether a bias is added to each channel.
    public var bias: Bool

    /// Stride and dilation are 1 and nothing is padded unless told otherwise; an initializer of nil stands for He's with
    /// a ReLU and for Xavier's otherwise.
    public init(
        filters: Int, kernel: [Int], stride: [Int]? = nil, padding: PaddingSpec? = nil,
        dilation: [Int]? = nil, groups: Int = 1, activation: ActivationSpec? = nil,
        initializer: InitializerSpec? = nil, bias: Bool = true
    ) {
        self.filters = filters
        self.kernel = kernel
        self.stride = stride ?? kernel.map { _ in 1 }
        self.padding = padding ?? .zeros(kernel.map { _ in 0 })
        self.dilation = dilation ?? kernel.map { _ in 1 }
        self.groups = groups
        self.activation = activation
        self.initializer = initializer ?? InitializerSpec.standard(before: activation)
        self.bias = bias
    }
}

extension ConvolutionSpec: LayerFamily {
    static let rules = [1, 2].map { axes in
        VariantRule.Kind(
            "conv\(axes)d",
            JobFormat.layerKeys([
                JobFormat.filters,
                JobFormat.sizes("kernel", required: true, .atLeast(1), axes: axes, "The kernel's size."),
                JobFormat.sizes("stride", .atLeast(1), axes: axes, "How far the kernel moves; default 1."),
                JobFormat.sizes(
                    "padding",
                    IntegerRule(range: 0...1_000_000_000, word: PaddingSpec.word, namesUpperBound: false),
                    axes: axes, "Zeros around the input, `same` for ceil(input / stride) outputs; default 0."),
                JobFormat.sizes(
                    "dilation", .atLeast(1), axes: axes, "How far apart the kernel's elements are; default 1."
                ),
                JobFormat.groupsKey, JobFormat.activationKey, JobFormat.initializerKey, JobFormat.biasKey,
            ]),
            "Cross-correlation over \(axes == 1 ? "the last axis" : "the last two axes").")
    }

    init(_ keyword: String, _ node: DocumentNode) throws(SpecError) {
        let axes = keyword == Self.rules[0].key ? 1 : 2
        func sizes(_ key: String) throws(SpecError) -> [Int]? {
            guard let node = node[key] else { return nil }
            return try [Int](sizes: node, axes: axes)
        }
        var activation: ActivationSpec?
        var initializer: InitializerSpec?
        try node.read("activation", into: &activation)
        try node.read("init", into: &initializer)
        self.init(
            filters: try node.required("filters"), kernel: try sizes("kernel") ?? [],
            stride: try sizes("stride"), padding: try PaddingSpec.read(node, axes: axes),
            dilation: try sizes("dilation"), activation: activation, initializer: initializer)
        try node.read("groups", into: &groups)
        try node.read("bias", into: &bias)
    }

    var keyword: String { "conv\(kernel.count)d" }

    var document: DocumentNode {
        DocumentNode([
            "filters": filters.document, "kernel": kernel.sizesDocument, "stride": stride.sizesDocument,
            "padding": padding.document, "dilation": dilation.sizesDocument, "groups": groups.document,
            "activation": activation?.document, "init": initializer.document, "bias": bias.document,
        ])
    }

    func infer(_ inference: inout ShapeInference) throws(SpecError) {
        let window = Window(
            layer: keyword, kernel: kernel, stride: stride, padding: padding, dilation: dilation)
        try window.check(inference)
        let channels = inference.shape[0]
        try inference.checkGroups(groups, filters: filters)
        try inference.parameter("weight", [filters, channels / groups] + kernel)
        if bias { try inference.parameter("bias", [filters]) }
        try window.pass(&inference, channels: filters)
    }
}

extension JobFormat {
    static let filters = MappingRule.Field(
        "filters", required: true, .integer(IntegerRule(range: 1...10_000_000)), "Channels that come out.")
}

extension ShapeInference {
    /// Makes sure that the groups of a convolution divide what comes in and what goes out.
    func checkGroups(_ groups: Int, filters: Int) throws(SpecError) {
        guard groups >= 1, filters >= 1, shape[0] % groups == 0, filters % groups == 0 else {
            throw problem(
                "expected `groups` that divide the \(shape[0]) channels of the input \(shape) and the \(filters) "
                    + "filters, found \(groups)")
        }
    }
}
