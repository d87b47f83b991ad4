extension Tensor {
    /// The matrix product of [m, k] and [k, n], shape [m, n].
    /// - Precondition: both have rank 2 and their inner sizes agree.
    public func matmul(_ other: Tensor) -> Tensor {
        precondition(
            shape.rank == 2 && other.shape.rank == 2 && shape[1] == other.shape[0],
            "matmul: the shapes \(shape) and \(other.shape) do not fit")
        let (m, k, n) = (shape[0], shape[1], other.shape[1])
        let memory = Tensor.memory(for: [m, n], like: self, other)
        matrixProduct(pointer, .no, other.pointer, .no, into: memory.base, m: m, n: n, k: k)
        return Tensor(shape: [m, n], storage: memory).recorded("matmul", [self, other]) { pass in
            if pass.isRecording {
                pass.send(to: 0) { pass.upstream.matmul(other.transposed()) }
                pass.send(to: 1) { self.transposed().matmul(pass.upstream) }
            } else {
                let upstream = pass.upstream.pointer
                pass.write(to: 0, like: self) { target, accumulate in
                    matrixProduct(
                        upstream, .no, other.pointer, .yes, into: target, m: m, n: k, k: n,
                        accumulate: accumulate)
                }
                pass.write(to: 1, like: other) { target, accumulate in
                    matrixProduct(
                        self.pointer, .yes, upstream, .no, into: target, m: k, n: n, k: m,
                        accumulate: accumulate)
                }
            }
        }
    }
}
