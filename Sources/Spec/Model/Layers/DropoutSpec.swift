/// In training zeroes each value with a probability and scales the others up, so that their mean stays (Srivastava et al.
/// 2014, JMLR 15); otherwise lets everything through.
public struct DropoutSpec: Sendable, Equatable {
    /// The probability, 0 <= rate < 1.
    public var rate: Double

    /// A layer that zeroes with the probability `rate`.
    public init(rate: Double) {
        self.rate = rate
    }
}

extension DropoutSpec: LayerKind {
    static let rule = VariantRule.Kind(
        "dropout",
        JobFormat.layerKeys([
            .init("rate", required: true, .number(.belowOne), "The probability that a value is zeroed.")
        ]),
        "Zeroes values at random in training.")

    init(_ node: DocumentNode) throws(SpecError) {
        self.init(rate: try node.required("rate"))
    }

    var document: DocumentNode { DocumentNode(["rate": rate.document]) }

    func infer(_ inference: inout ShapeInference) throws(SpecError) {}
}
