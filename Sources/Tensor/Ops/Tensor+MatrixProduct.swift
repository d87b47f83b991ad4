extension Tensor {
    /// The matrix product of [..., m, k] and [..., k, n], shape [..., m, n]. The axes before the last two
    /// broadcast as in NumPy's `matmul`.
    ///
    /// - Parameters:
    ///   - other: The right operand.
    ///   - transposingA: Whether this tensor holds its matrices as [k, m].
    ///   - transposingB: Whether `other` holds its matrices as [n, k].
    /// - Returns: [..., m, n]
    /// - Precondition: both have rank 2 or more, the inner sizes agree and the other axes broadcast.
    public func matmul(
        _ other: Tensor, transposingA: Bool = false, transposingB: Bool = false
    ) -> Tensor {
        guard let product = BatchedProduct(shape, other.shape, transposingA, transposingB) else {
            fatalError(
                "matmul: the shapes \(shape)\(transposingA ? " transposed" : "") and "
                    + "\(other.shape)\(transposingB ? " transposed" : "") do not fit")
        }
        let memory = Tensor.memory(for: product.shape, like: self, other)
        product.multiply(pointer, other.pointer, into: memory.base)
        return Tensor(shape: product.shape, storage: memory).recorded("matmul", [self, other]) { pass in
            let upstream = pass.upstream
            if pass.isRecording {
                pass.send(to: 0) {
                    let gradient =
                        transposingA
                        ? other.matmul(upstream, transposingA: transposingB, transposingB: true)
                        : upstream.matmul(other, transposingB: !transposingB)
                    return gradient.summed(to: self.shape)
                }
                pass.send(to: 1) {
                    let gradient =
                        transposingB
                        ? upstream.matmul(self, transposingA: true, transposingB: transposingA)
                        : self.matmul(upstream, transposingA: !transposingA)
                    return gradient.summed(to: other.shape)
                }
            } else {
                pass.write(to: 0, like: self) { target, accumulate in
                    product.differentiateA(
                        upstream.pointer, other.pointer, into: target, accumulate: accumulate)
                }
                pass.write(to: 1, like: other) { target, accumulate in
                    product.differentiateB(
                        upstream.pointer, self.pointer, into: target, accumulate: accumulate)
                }
            }
        }
    }
}
