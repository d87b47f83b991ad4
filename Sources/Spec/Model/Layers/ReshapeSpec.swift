/// Gives a sample another shape with as many values, in the same order.
public struct ReshapeSpec: Sendable, Equatable {
    /// The shape that comes out, without the batch axis.
    public var shape: [Int]

    /// A layer that makes samples of this shape.
    public init(_ shape: [Int]) {
        self.shape = shape
    }
}

extension ReshapeSpec: LayerKind {
    static let rule = VariantRule.Kind(
        "reshape",
        JobFormat.layerKeys([
            .init(
                "shape", required: true,
                .list(ListRule(noun: Noun("size", "sizes"), element: .integer(.atLeast(1)), count: 1...7)),
                "The shape that comes out.")
        ]),
        "Gives a sample another shape.")

    init(_ node: DocumentNode) throws(SpecError) {
        self.init(try node.required("shape"))
    }

    var document: DocumentNode { DocumentNode(["shape": shape.document]) }

    func infer(_ inference: inout ShapeInference) throws(SpecError) {
        guard boundedProduct(shape, atMost: ModelSpec.maximumInputSize) == inference.size else {
            throw inference.problem(
                "expected a shape with as many numbers as the input \(inference.shape) has, found \(shape)")
        }
        inference.shape = shape
    }
}
