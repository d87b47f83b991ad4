import CKernels

extension Tensor {
    /// The sum over the rows of -sum over the classes of target * log softmax(logits), a scalar.
    ///
    /// By log-sum-exp, so that logits of any finite size give a finite loss. A class whose target is 0 adds nothing
    /// whatever its logit. No gradient flows to the targets.
    ///
    /// - Parameters:
    ///   - logits: [batch, classes]
    ///   - targets: [batch, classes], at least 0. Rows need not sum to 1: a row of sum m weighs m.
    /// - Returns: shape [].
    /// - Precondition: equal shapes of rank 2.
    public static func softmaxCrossEntropy(_ logits: Tensor, targets: Tensor) -> Tensor {
        require(
            logits.shape.rank == 2 && logits.shape == targets.shape,
            "softmaxCrossEntropy: logits \(logits.shape) and targets \(targets.shape) do not fit")
        let (rows, classes) = (logits.shape[0], logits.shape[1])
        let targets = targets.detached
        let memory = Tensor.memory(for: logits.shape, like: logits)
        let masses = Tensor.memory(for: [rows, 1], like: logits)
        let total = nnd_soft_cross_entropy(
            memory.base, masses.base, logits.pointer, targets.pointer, rows, classes)
        let probabilities = Tensor(shape: logits.shape, storage: memory)
        let mass = Tensor(shape: [rows, 1], storage: masses)
        let value = Tensor.memory(for: [], like: logits)
        value.base[0] = Float(total)
        return Tensor(shape: [], storage: value).recorded("softmaxCrossEntropy", [logits]) { pass in
            if pass.isRecording {
                pass.send(to: 0) { (logits.softmax() * mass - targets) * pass.upstream }
                return
            }
            pass.send(to: 0) {
                let gradient = Tensor.memory(for: logits.shape, like: pass.upstream, logits)
                nnd_soft_cross_entropy_gradient(
                    gradient.base, probabilities.pointer, masses.base, targets.pointer, pass.upstream.scalar,
                    rows, classes)
                return Tensor(shape: logits.shape, storage: gradient)
            }
        }
    }

    /// The sum over the rows of -logProbabilities[label], a scalar. Divide by the number of rows for the mean.
    ///
    /// - Parameters:
    ///   - logProbabilities: [batch, classes]
    ///   - labels: One class index a row.
    /// - Returns: shape [].
    /// - Precondition: the shapes fit and every label is in 0 ..< classes.
    public static func negativeLogLikelihood(_ logProbabilities: Tensor, labels: [Int32]) -> Tensor {
        let mask = oneHot(labels, like: logProbabilities)
        let classes = logProbabilities.shape[1]
        var total = 0.0
        for (row, label) in labels.enumerated() {
            total -= Double(logProbabilities.pointer[row * classes + Int(label)])
        }
        let value = Tensor.memory(for: [], like: logProbabilities)
        value.base[0] = Float(total)
        return Tensor(shape: [], storage: value).recorded("negativeLogLikelihood", [logProbabilities]) {
            pass in
            pass.send(to: 0) { -(mask * pass.upstream) }
        }
    }
}
