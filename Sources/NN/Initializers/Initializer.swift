/// How a parameter starts.
public enum Initializer: Sendable, Hashable {
    case zeros
    case ones
    /// One value everywhere.
    case constant(Float)
    /// Normal with mean 0 and this standard deviation.
    case normal(deviation: Double)
    /// The same, drawn again where it is more than two deviations from 0.
    case truncatedNormal(deviation: Double)
    /// Uniform in -bound ..< bound.
    case uniform(bound: Double)
    /// Rows or columns of length `gain` at right angles to each other, whichever are fewer, of the matrix that the first
    /// axis and the rest of the axes make (Saxe et al. 2014, arXiv:1312.6120).
    case orthogonal(gain: Double = 1)
    /// A function of one's own.
    case custom(CustomInitializer)
}

/// A function of one's own that says how a parameter starts. Two are equal when one is a copy of the other.
public struct CustomInitializer: Sendable, Hashable {
    private final class Identity: Sendable {}

    private let identity = Identity()
    /// Gives a parameter's values in row-major order, for its shape and its random numbers.
    let values: @Sendable (_ shape: [Int], _ random: ParameterRandom) -> [Float]

    /// - Parameter values: Given a shape and the parameter's random numbers, as many values as the shape has, in row-major
    ///   order. The same arguments must always give the same values.
    public init(_ values: @escaping @Sendable (_ shape: [Int], _ random: ParameterRandom) -> [Float]) {
        self.values = values
    }

    public static func == (a: CustomInitializer, b: CustomInitializer) -> Bool { a.identity === b.identity }

    public func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(identity)) }
}
