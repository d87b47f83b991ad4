/// What a layer says of a quantity that training averages over the steps instead of learning it, for example the
/// mean that batch norm uses outside of training. The values lie in a flat buffer, after the parameters.
///
/// After each step: value = (1 - momentum) * value + momentum * observed, where `observed` is the mean over the
/// shards of what they saw, weighted by their samples.
public struct RunningAverage: Sendable, Hashable {
    /// Unique in the model, for example `1.running_mean`.
    public let name: String
    /// Its sizes, outermost axis first.
    public let shape: [Int]
    /// What every element starts as.
    public let initialValue: Float
    /// The part of a new observation in the average, in 0 ... 1.
    public let momentum: Double

    /// A declaration; it holds no values.
    public init(name: String, shape: [Int], initialValue: Float, momentum: Double) {
        self.name = name
        self.shape = shape
        self.initialValue = initialValue
        self.momentum = momentum
    }

    /// How many values it has.
    public var count: Int { shape.reduce(1, *) }
}
