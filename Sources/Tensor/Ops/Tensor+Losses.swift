import Glibc

extension Tensor {
    /// The sum over the rows of -log softmax(logits)[label], a scalar.
    ///
    /// By log-sum-exp, so that logits of any finite size give a finite loss. Divide by the number of rows,
    /// here or by the seed of the backward pass, for the mean.
    ///
    /// - Parameters:
    ///   - logits: [batch, classes]
    ///   - labels: One class index a row.
    /// - Returns: shape [].
    /// - Precondition: the shapes fit and every label is in 0 ..< classes.
    public static func softmaxCrossEntropy(_ logits: Tensor, labels: [Int32]) -> Tensor {
        precondition(
            logits.shape.rank == 2 && logits.shape[0] == labels.count,
            "softmaxCrossEntropy: logits \(logits.shape) and \(labels.count) labels do not fit")
        let (rows, classes) = (logits.shape[0], logits.shape[1])
        let memory = Tensor.memory(for: logits.shape, like: logits)
        var total = 0.0
        for row in 0..<rows {
            let label = Int(labels[row])
            precondition(label >= 0 && label < classes, "label \(label) is not one of \(classes) classes")
            let z = logits.pointer + row * classes
            let logSum = softmaxRow(z, into: memory.base + row * classes, count: classes)
            total += logSum - Double(z[label])
        }
        let probabilities = Tensor(shape: logits.shape, storage: memory)
        let value = Tensor.memory(for: [], like: logits)
        value.base[0] = Float(total)
        return Tensor(shape: [], storage: value).recorded("softmaxCrossEntropy", [logits]) { pass in
            if pass.isRecording {
                pass.send(to: 0) { (logits.softmax() - oneHot(labels, like: logits)) * pass.upstream }
                return
            }
            pass.write(to: 0, like: logits) { target, accumulate in
                let scale = pass.upstream.scalar
                for row in 0..<rows {
                    let (p, out) = (probabilities.pointer + row * classes, target + row * classes)
                    for j in 0..<classes {
                        let gradient = (j == Int(labels[row]) ? p[j] - 1 : p[j]) * scale
                        out[j] = accumulate ? out[j] + gradient : gradient
                    }
                }
            }
        }
    }

    /// Softmax over the last axis.
    /// - Precondition: rank 1 or more.
    public func softmax() -> Tensor {
        precondition(shape.rank >= 1, "softmax takes a tensor with an axis")
        let columns = shape[shape.rank - 1]
        let memory = Tensor.memory(for: shape, like: self)
        for row in 0..<(columns == 0 ? 0 : count / columns) {
            _ = softmaxRow(pointer + row * columns, into: memory.base + row * columns, count: columns)
        }
        return Tensor(shape: shape, storage: memory).recorded("softmax", [self]) { pass in
            pass.send(to: 0) {
                let y = pass.use(self).softmax()
                let product = pass.upstream * y
                return product - y * product.sum(over: [self.shape.rank - 1], keepingAxes: true)
            }
        }
    }

    /// 1 at each row's label and else 0, in the shape of `logits`, [rows, classes].
    /// - Precondition: a label for each row, in 0 ..< classes.
    public static func oneHot(_ labels: [Int32], like logits: Tensor) -> Tensor {
        precondition(
            logits.shape.rank == 2 && logits.shape[0] == labels.count,
            "oneHot: \(labels.count) labels and logits \(logits.shape) do not fit")
        let classes = logits.shape[1]
        return Tensor(shape: logits.shape, pool: logits.storage.pool) { span in
            for i in 0..<span.count { span[i] = 0 }
            for (row, label) in labels.enumerated() {
                precondition(label >= 0 && label < classes, "label \(label) is not one of \(classes) classes")
                span[row * classes + Int(label)] = 1
            }
        }
    }
}

/// Writes the softmax of one row and returns the logarithm of the sum of the exponentials.
func softmaxRow(
    _ z: UnsafePointer<Float>, into p: UnsafeMutablePointer<Float>, count: Int
) -> Double {
    var largest = -Float.infinity
    for j in 0..<count { largest = max(largest, z[j]) }
    // A row of infinities or with a NaN has no softmax: what follows makes NaN of it, which the caller's
    // check finds.
    let shift = SIMD16<Float>(repeating: largest)
    mapVectors(z, into: p, count: count) { exponential($0 - shift) }
    let total = sumOfNeighbours(p, count: count)
    let scale = Float(1 / total)
    for j in 0..<count { p[j] *= scale }
    return Double(largest) + log(total)
}
