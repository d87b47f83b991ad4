extension Tensor {
    /// The sizes of a tensor's axes, outermost first. A scalar has none.
    public struct Shape: Sendable, Hashable, ExpressibleByArrayLiteral, CustomStringConvertible {
        /// Outermost first.
        public let sizes: [Int]

        /// - Precondition: no size is negative.
        public init(_ sizes: [Int]) {
            require(sizes.allSatisfy { $0 >= 0 }, "a shape has no negative size: \(sizes)")
            self.sizes = sizes
        }

        public init(arrayLiteral sizes: Int...) {
            self.init(sizes)
        }

        /// The number of axes.
        public var rank: Int { sizes.count }

        /// The number of values: the product of the sizes.
        public var count: Int { sizes.reduce(1, *) }

        /// The size of an axis, counted from 0.
        public subscript(axis: Int) -> Int { sizes[axis] }

        public var description: String { "[" + sizes.map(String.init).joined(separator: ", ") + "]" }
    }
}

extension Tensor.Shape {
    /// The shape of an elementwise operation on two tensors: sizes are compared from the last axis, and a
    /// size of 1 (or a missing axis) stretches. Nil when two sizes differ and neither is 1.
    public func broadcast(with other: Tensor.Shape) -> Tensor.Shape? {
        let rank = max(rank, other.rank)
        var sizes = [Int](repeating: 1, count: rank)
        for axis in 0..<rank {
            let a = size(fromEnd: rank - axis)
            let b = other.size(fromEnd: rank - axis)
            guard a == b || a == 1 || b == 1 else { return nil }
            sizes[axis] = a == 1 ? b : a
        }
        return Tensor.Shape(sizes)
    }

    /// The size of the axis that is `distance` from the end (1 is the last one); 1 where there is no such
    /// axis.
    private func size(fromEnd distance: Int) -> Int {
        distance <= rank ? sizes[rank - distance] : 1
    }

    /// How far apart in memory neighbours along each axis of `target` are when a tensor of this shape is
    /// stretched to it.
    func strides(broadcastTo target: Tensor.Shape) -> [Int] {
        var strides = [Int](repeating: 0, count: target.rank)
        var step = 1
        for distance in stride(from: 1, through: rank, by: 1) {
            let size = sizes[rank - distance]
            strides[target.rank - distance] = size == 1 ? 0 : step
            step *= size
        }
        return strides
    }
}
