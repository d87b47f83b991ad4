/// The shapes of a model, layer by layer, and of everything in it that is trained.
public struct ModelShapes: Sendable, Equatable {
    /// Every layer in the order in which a sample passes it; a sequential stands before the layers inside it.
    public var layers: [Layer]
    /// Every trainable parameter, in layer order, weight before bias.
    public var parameters: [Parameter]
    /// Everything that training averages over the steps instead of learning it, in layer order.
    public var averages: [Parameter]
    /// The shape of one output, without the batch axis.
    public var output: [Int]

    /// The shapes that one layer takes and gives, without the batch axis.
    public struct Layer: Sendable, Equatable {
        /// The layer's name or index, prefixed with the names of the layers around it: `OUTER.INNER`.
        public var name: String
        /// The shape of one sample as it comes in.
        public var input: [Int]
        /// The shape of one sample as it goes out.
        public var output: [Int]
        /// About how many numbers a sample the layer keeps for the backward pass besides its output.
        public var kept: Double
        /// How many layers one on top of the other it stands for, all of one size.
        public var depth: Int

        /// A layer that takes samples of shape `input` and gives samples of shape `output`.
        public init(name: String, input: [Int], output: [Int], kept: Double = 0, depth: Int = 1) {
            self.name = name
            self.input = input
            self.output = output
            self.kept = kept
            self.depth = depth
        }
    }

    /// A trainable parameter.
    public struct Parameter: Sendable, Equatable {
        /// `LAYER.weight`, `LAYER.bias`, …
        public var name: String
        /// [in, out] for the weight of a dense layer, [out] for its bias.
        public var shape: [Int]
        /// Whether the layer, or one around it, is frozen.
        public var isFrozen: Bool

        /// A parameter of a full name and a shape without a batch axis.
        public init(name: String, shape: [Int], isFrozen: Bool = false) {
            self.name = name
            self.shape = shape
            self.isFrozen = isFrozen
        }

        /// How many numbers the parameter has.
        public var count: Int { shape.reduce(1, *) }
    }

    /// How many numbers are trained.
    public var parameterCount: Int { parameters.reduce(0) { $0 + $1.count } }
}
