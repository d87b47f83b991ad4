/// Puts the axes of a sample in another order.
public struct PermuteSpec: Sendable, Equatable {
    /// Axis i of the output is axis `axes[i]` of the input, counted from 0 without the batch axis.
    public var axes: [Int]

    /// A layer that puts the axes in this order.
    public init(_ axes: [Int]) {
        self.axes = axes
    }
}

extension PermuteSpec: LayerKind {
    static let rule = VariantRule.Kind(
        "permute",
        JobFormat.layerKeys([
            .init(
                "axes", required: true,
                .list(
                    ListRule(
                        noun: Noun("axis", "axes"), element: .integer(IntegerRule(range: 0...6)),
                        count: 1...7)),
                "The input's axes in the output's order, counted from 0.")
        ]),
        "Puts the axes of a sample in another order.")

    init(_ node: DocumentNode) throws(SpecError) {
        self.init(try node.required("axes"))
    }

    var document: DocumentNode { DocumentNode(["axes": axes.document]) }

    func infer(_ inference: inout ShapeInference) throws(SpecError) {
        let shape = inference.shape
        guard axes.sorted() == Array(shape.indices) else {
            throw inference.problem(
                "expected each axis of the input \(shape) once, from 0 to \(shape.count - 1), found \(axes)")
        }
        inference.shape = axes.map { shape[$0] }
    }
}
