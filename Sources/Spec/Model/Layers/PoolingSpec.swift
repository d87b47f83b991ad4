/// The largest or the average of each channel's values under a window that slides over one axis (`max_pool1d`,
/// `avg_pool1d`) or two (`max_pool2d`, `avg_pool2d`). What is left over at the end is dropped.
public struct PoolingSpec: Sendable, Equatable {
    /// What becomes of the values under the window.
    public var reduction: PoolingReduction
    /// The window's size along each axis; their number is that of the layer's axes.
    public var size: [Int]
    /// How far the window moves along each axis.
    public var stride: [Int]
    /// How much stands in front of and behind each axis, at most half of the size: zeros for an average, nothing that
    /// could be the largest otherwise.
    public var padding: [Int]
    /// Whether an average counts the padding's zeros.
    public var countsPadding: Bool

    /// The windows lie side by side and nothing is padded unless told otherwise.
    public init(
        _ reduction: PoolingReduction, size: [Int], stride: [Int]? = nil, padding: [Int]? = nil,
        countsPadding: Bool = true
    ) {
        self.reduction = reduction
        self.size = size
        self.stride = stride ?? size
        self.padding = padding ?? size.map { _ in 0 }
        self.countsPadding = countsPadding
    }
}

/// What pooling makes of several values.
public enum PoolingReduction: String, Sendable, Hashable, CaseIterable {
    case max
    case average = "avg"

    /// In a sentence.
    var noun: String {
        switch self {
        case .max: "The largest value"
        case .average: "The average"
        }
    }
}

extension PoolingSpec: LayerFamily {
    static let rules = PoolingReduction.allCases.flatMap { reduction in
        [1, 2].map { axes in
            var fields = [
                JobFormat.sizes("size", required: true, .atLeast(1), axes: axes, "The window's size."),
                JobFormat.sizes(
                    "stride", .atLeast(1), axes: axes, "How far the window moves; default its size."),
                JobFormat.sizes(
                    "padding", .atLeast(0), axes: axes, "What stands around the input; default 0."),
            ]
            if reduction == .average {
                fields.append(
                    .init("count_padding", .boolean, "Whether the padding's zeros count; default true."))
            }
            return VariantRule.Kind(
                "\(reduction.rawValue)_pool\(axes)d", JobFormat.layerKeys(fields),
                "\(reduction.noun) of each channel under a sliding window.")
        }
    }

    init(_ keyword: String, _ node: DocumentNode) throws(SpecError) {
        let axes = keyword.hasSuffix("1d") ? 1 : 2
        func sizes(_ key: String) throws(SpecError) -> [Int]? {
            guard let node = node[key] else { return nil }
            return try [Int](sizes: node, axes: axes)
        }
        self.init(
            keyword.hasPrefix("max") ? .max : .average, size: try sizes("size") ?? [],
            stride: try sizes("stride"), padding: try sizes("padding"))
        try node.read("count_padding", into: &countsPadding)
    }

    var keyword: String { "\(reduction.rawValue)_pool\(size.count)d" }

    var document: DocumentNode {
        DocumentNode([
            "size": size.sizesDocument, "stride": stride.sizesDocument, "padding": padding.sizesDocument,
            "count_padding": reduction == .average ? countsPadding.document : nil,
        ])
    }

    func infer(_ inference: inout ShapeInference) throws(SpecError) {
        let window = Window(
            layer: keyword, kernel: size, stride: stride, padding: .zeros(padding),
            dilation: size.map { _ in 1 })
        try window.check(inference)
        guard zip(padding, size).allSatisfy({ 2 * $0 <= $1 }) else {
            throw inference.problem(
                "expected `padding` of at most half the window's size \(size), found \(padding)")
        }
        try window.pass(&inference)
    }
}
