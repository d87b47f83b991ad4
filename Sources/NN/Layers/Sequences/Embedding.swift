public import Tensor

/// The row of a learned table for each index: x is [batch, steps] and holds whole numbers in 0 ..< vocabulary, the
/// output is [batch, steps, size].
///
/// The table starts normal with mean 0 and deviation 1, as in PyTorch, unless told otherwise. The gradient of a row is
/// the sum over all places where its index stands, in their order.
public struct Embedding: Layer {
    /// The most rows that a table may have: above it Float32 no longer tells neighbouring indices apart.
    public static let maximumVocabulary = 1 << 24

    /// The table, [vocabulary, size].
    public let weight: Parameter
    /// The index whose vector is zero and gets no gradient; nil for none. Its row starts as zeros, and is not looked at.
    public let padding: Int?

    /// - Parameters:
    ///   - name: What the table is called after: `NAME.weight`.
    ///   - vocabulary: The rows.
    ///   - size: The numbers of a vector.
    ///   - initializer: How the table starts.
    ///   - padding: The index that stands for nothing.
    /// - Precondition: the vocabulary is at most `maximumVocabulary`, and `padding` below it.
    public init(
        name: String, vocabulary: Int, size: Int, initializer: Initializer = .normal(deviation: 1),
        padding: Int? = nil
    ) {
        require(
            (1...Embedding.maximumVocabulary).contains(vocabulary),
            "a vocabulary of \(vocabulary) for \(name)")
        require(
            padding.map((0..<vocabulary).contains) ?? true,
            "the padding of \(name) is outside of its vocabulary")
        var weight = Parameter(
            name: "\(name).weight", shape: [vocabulary, size], initializer: initializer, decays: true)
        weight.zeros = padding.map { $0 * size..<($0 + 1) * size }
        self.weight = weight
        self.padding = padding
    }

    public var parameters: [Parameter] { [weight] }
    public var inputVocabulary: Int? { weight.shape[0] }

    public func forward(_ x: Tensor, _ context: ForwardContext) -> Tensor {
        let indices = x.values.map { value in
            guard let index = Int32(exactly: value) else {
                fatalError("`\(weight.name)` is looked up by whole numbers, not by \(value)")
            }
            return index
        }
        let rows = context[weight].gathered(indices: indices)
        let vectors = rows.reshaped(.init(x.shape.sizes + [weight.shape[1]]))
        guard let padding else { return vectors }
        let mask = indices.map { Int($0) == padding ? Float(0) : 1 }
        return vectors * Tensor(mask, shape: .init(x.shape.sizes + [1]), like: x)
    }
}
