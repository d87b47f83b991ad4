import CKernels

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
        require(
            logits.shape.rank == 2 && logits.shape[0] == labels.count,
            "softmaxCrossEntropy: logits \(logits.shape) and \(labels.count) labels do not fit")
        let (rows, classes) = (logits.shape[0], logits.shape[1])
        for label in labels {
            require(label >= 0 && Int(label) < classes, "label \(label) is not one of \(classes) classes")
        }
        let memory = Tensor.memory(for: logits.shape, like: logits)
        let total = nnd_softmax_cross_entropy(memory.base, logits.pointer, labels, rows, classes)
        let probabilities = Tensor(shape: logits.shape, storage: memory)
        let value = Tensor.memory(for: [], like: logits)
        value.base[0] = Float(total)
        return Tensor(shape: [], storage: value).recorded("softmaxCrossEntropy", [logits]) { pass in
            if pass.isRecording {
                pass.send(to: 0) { (logits.softmax() - oneHot(labels, like: logits)) * pass.upstream }
                return
            }
            pass.send(to: 0) {
                let gradient = Tensor.memory(for: logits.shape, like: pass.upstream, logits)
                nnd_softmax_cross_entropy_gradient(
                    gradient.base, probabilities.pointer, labels, pass.upstream.scalar, rows, classes)
                return Tensor(shape: logits.shape, storage: gradient)
            }
        }
    }

    /// 1 at each row's label and else 0, in the shape of `logits`, [rows, classes].
    /// - Precondition: a label for each row, in 0 ..< classes.
    public static func oneHot(_ labels: [Int32], like logits: Tensor) -> Tensor {
        require(
            logits.shape.rank == 2 && logits.shape[0] == labels.count,
            "oneHot: \(labels.count) labels and logits \(logits.shape) do not fit")
        return oneHot(labels, classes: logits.shape[1], pool: logits.storage.pool)
    }
}
