import Glibc

/// The memory of one or several tensors.
final class Storage {
    let base: UnsafeMutablePointer<Float>
    let count: Int
    let pool: BufferPool?
    /// Set when the memory is somebody else's, who then lives as long as this does.
    private let owner: FlatBuffer?

    init(uninitialized count: Int, pool: BufferPool?) {
        self.count = count
        self.pool = pool
        owner = nil
        base = pool?.take(count: count) ?? BufferPool.allocate(count: count)
    }

    /// The memory of `owner`, without a copy.
    init(sharing owner: FlatBuffer) {
        self.owner = owner
        base = owner.base
        count = owner.count
        pool = nil
    }

    convenience init(_ values: [Float], pool: BufferPool?) {
        self.init(uninitialized: values.count, pool: pool)
        values.withUnsafeBufferPointer { source in
            if let start = source.baseAddress { base.update(from: start, count: source.count) }
        }
    }

    convenience init(repeating value: Float, count: Int, pool: BufferPool?) {
        self.init(uninitialized: count, pool: pool)
        base.update(repeating: value, count: count)
    }

    deinit {
        if owner != nil { return }
        if let pool { pool.giveBack(base, count: count) } else { free(base) }
    }

    func fill(_ body: (inout MutableSpan<Float>) throws -> Void) rethrows {
        var span = UnsafeMutableBufferPointer(start: base, count: count).mutableSpan
        try body(&span)
    }

    func copy(from offset: Int, count: Int) -> [Float] {
        require(offset >= 0 && count >= 0 && offset + count <= self.count)
        return Array(UnsafeBufferPointer(start: base + offset, count: count))
    }

    func value(at index: Int) -> Float {
        require(index >= 0 && index < count)
        return base[index]
    }
}

extension Tensor {
    /// Where the values begin; valid while the tensor lives.
    var pointer: UnsafeMutablePointer<Float> { storage.base + offset }

    /// Memory for a result, from the pool of the first operand that has one.
    static func memory(for shape: Shape, like operands: Tensor...) -> Storage {
        let pool = operands.lazy.compactMap { $0.storage.pool }.first
        return Storage(uninitialized: shape.count, pool: pool)
    }
}
