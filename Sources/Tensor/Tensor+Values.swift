extension Tensor {
    /// A tensor with these values in row-major order.
    /// - Precondition: as many values as the shape has.
    public init(_ values: [Float], shape: Shape, pool: BufferPool? = nil) {
        precondition(
            values.count == shape.count, "\(values.count) values do not fill a tensor of shape \(shape)")
        self.init(shape: shape, storage: Storage(values, pool: pool))
    }

    /// A vector.
    public init(_ values: [Float]) {
        self.init(values, shape: [values.count])
    }

    /// A scalar: shape [].
    public init(_ value: Float) {
        self.init([value], shape: [])
    }

    /// A tensor that holds one value everywhere.
    public init(repeating value: Float, shape: Shape, pool: BufferPool? = nil) {
        self.init(shape: shape, storage: Storage(repeating: value, count: shape.count, pool: pool))
    }

    /// A tensor that holds one value everywhere, in memory from where `other` has its own.
    public init(repeating value: Float, shape: Shape, like other: Tensor) {
        self.init(repeating: value, shape: shape, pool: other.storage.pool)
    }

    /// A tensor with these values in row-major order, in memory from where `other` has its own.
    /// - Precondition: as many values as the shape has.
    public init(_ values: [Float], shape: Shape, like other: Tensor) {
        self.init(values, shape: shape, pool: other.storage.pool)
    }

    /// A tensor whose values `fill` writes, in row-major order.
    public init(
        shape: Shape, pool: BufferPool? = nil, fill: (inout MutableSpan<Float>) throws -> Void
    ) rethrows {
        let storage = Storage(uninitialized: shape.count, pool: pool)
        try storage.fill(fill)
        self.init(shape: shape, storage: storage)
    }

    /// The values in row-major order, copied.
    public var values: [Float] { storage.copy(from: offset, count: count) }

    /// The one value of a tensor that has one.
    /// - Precondition: `count == 1`.
    public var scalar: Float {
        precondition(count == 1, "a tensor of shape \(shape) is not one number")
        return storage.value(at: offset)
    }
}

extension Tensor: CustomStringConvertible {
    public var description: String {
        let shown = values.prefix(8).map(String.init(describing:)).joined(separator: ", ")
        return "Tensor\(shape) [\(shown)\(count > 8 ? ", …" : "")]"
    }
}
