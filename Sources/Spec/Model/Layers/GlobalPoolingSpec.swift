/// The largest or the average of all values of a channel: [C, L] (`global_max_pool1d`, `global_avg_pool1d`) or [C, H, W]
/// (`global_max_pool2d`, `global_avg_pool2d`) becomes [C].
public struct GlobalPoolingSpec: Sendable, Equatable {
    /// What becomes of a channel's values.
    public var reduction: PoolingReduction
    /// How many axes there are behind the channels, 1 or 2.
    public var axes: Int

    /// A layer for samples with so many axes behind the channels.
    public init(_ reduction: PoolingReduction, axes: Int) {
        self.reduction = reduction
        self.axes = axes
    }
}

extension GlobalPoolingSpec: LayerFamily {
    static let rules = PoolingReduction.allCases.flatMap { reduction in
        [1, 2].map { axes in
            VariantRule.Kind(
                "global_\(reduction.rawValue)_pool\(axes)d", JobFormat.layerKeys([]),
                "\(reduction.noun) of each channel.")
        }
    }

    init(_ keyword: String, _ node: DocumentNode) throws(SpecError) {
        self.init(
            keyword.hasPrefix("global_max") ? .max : .average, axes: keyword.hasSuffix("1d") ? 1 : 2)
    }

    var keyword: String { "global_\(reduction.rawValue)_pool\(axes)d" }

    var document: DocumentNode { DocumentNode([:]) }

    func infer(_ inference: inout ShapeInference) throws(SpecError) {
        guard (1...2).contains(axes) else { throw inference.problem("expected 1 or 2 axes, found \(axes)") }
        let ones = [Int](repeating: 1, count: axes)
        try Window(layer: keyword, kernel: ones, stride: ones, padding: .same, dilation: ones)
            .check(inference)
        inference.shape = [inference.shape[0]]
    }
}
