/// A loop of `CKernels` over numbers: where the results go, the numbers, how many.
typealias VectorKernel = (UnsafeMutablePointer<Float>?, UnsafePointer<Float>?, Int) -> Void

/// A loop that sends a gradient back: where it goes, the gradient of the result, the function's argument or result, how
/// many.
typealias GradientKernel = (
    UnsafeMutablePointer<Float>?, UnsafePointer<Float>?, UnsafePointer<Float>?, Int
) -> Void

extension Tensor {
    /// What `kernel` makes of the values.
    func applying(_ kernel: VectorKernel) -> Tensor {
        let memory = Tensor.memory(for: shape, like: self)
        kernel(memory.base, pointer, count)
        return Tensor(shape: shape, storage: memory)
    }

    /// What `kernel` makes of this tensor, the gradient of a function's result, given the argument or the result `x`.
    func sentBack(_ kernel: GradientKernel, at x: Tensor) -> Tensor {
        let memory = Tensor.memory(for: shape, like: self, x)
        kernel(memory.base, pointer, x.pointer, count)
        return Tensor(shape: shape, storage: memory)
    }
}
