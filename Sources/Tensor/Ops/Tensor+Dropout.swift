import CKernels

extension Tensor {
    /// The tensor times a mask from `dropoutMask`; the gradient is masked alike.
    /// - Precondition: both shapes are the same.
    public func dropout(mask: Tensor) -> Tensor {
        require(mask.shape == shape, "dropout: a mask of \(mask.shape) for a tensor of \(shape)")
        return self * mask.detached
    }

    /// The tensor times a mask of its own shape from its own pool; see `dropoutMask`.
    ///
    /// - Parameters:
    ///   - rate: The probability of 0, in 0 ..< 1.
    ///   - key: Whose numbers decide.
    ///   - first: The number of the mask's first value.
    /// - Returns: a tensor of the same shape.
    /// - Precondition: the rate is in 0 ..< 1.
    public func dropout(rate: Float, key: Philox, first: UInt64 = 0) -> Tensor {
        dropout(
            mask: Tensor.dropoutMask(shape: shape, rate: rate, key: key, first: first, pool: storage.pool))
    }

    /// A mask for inverted dropout (Srivastava et al. 2014): 0 with the probability `rate`, else 1 / (1 -
    /// rate), so that the expected value of what is masked stays. A constant: no gradient flows through it.
    ///
    /// - Parameters:
    ///   - shape: The mask's shape.
    ///   - rate: The probability of 0, in 0 ..< 1, to 2^-32.
    ///   - key: Whose numbers decide; see `Philox.derived(stream:index:)`.
    ///   - first: The number of the mask's first value. Value i depends on `key` and `first` + i alone, so
    ///     masks of neighbouring ranges are parts of one long mask.
    ///   - pool: Where the memory comes from.
    /// - Returns: a tensor of `shape`.
    /// - Precondition: the rate is in 0 ..< 1.
    public static func dropoutMask(
        shape: Shape, rate: Float, key: Philox, first: UInt64 = 0, pool: BufferPool? = nil
    ) -> Tensor {
        require(rate >= 0 && rate < 1, "dropoutMask: the rate \(rate) is not in 0 ..< 1")
        let memory = Storage(uninitialized: shape.count, pool: pool)
        let place = nnd_philox_place(key0: key.key[0], key1: key.key[1], stream: 0, purpose: key.purpose)
        // The largest Float below 1 times 2^32 still fits.
        nnd_dropout_mask(
            memory.base, place, UInt32(Double(rate) * 0x1p32), 1 / (1 - rate), first, shape.count)
        return Tensor(shape: shape, storage: memory)
    }
}
