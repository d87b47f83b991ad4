import Foundation
import NN
import Spec
import Tensor

/// What a job will take in memory, as far as its spec and its samples tell.
struct MemoryEstimate {
    let bytes: Double

    /// - Parameters:
    ///   - spec: The job.
    ///   - shapes: What the layers make of one sample.
    ///   - samples: Training samples.
    ///   - dataBytes: What samples, and the lists of their rows, take in memory.
    init(_ spec: JobSpec, shapes: ModelShapes, samples: Int, dataBytes: Int = 0) {
        let workers =
            switch spec.training.workers {
            case .auto: automaticWorkerCount()
            case .count(let count): count
            }
        let parameters = Double(shapes.parameterCount)
        let state = Double(
            spec.optimizer.makeOptimizer().stateNames.count + (spec.training.ema == nil ? 0 : 1))
        // Each worker that has shards holds the gradients on their way up the tree.
        let levels = Double(Int.bitWidth - (spec.shards - 1).leadingZeroBitCount)
        let computing = Double(min(workers, spec.shards))
        let gradients = min(Double(spec.shards), computing * (levels + 1))
        let minibatch = Double(min(spec.training.batchSize, samples))
        let factored = FactoredGradients(shapes, minibatch: minibatch)
        // The weights, the initial ones twice while they are made, the optimizer's state with the average of the
        // weights, and one snapshot of weights and state.
        let buffers = parameters * (3 + state + (1 + state)) + (parameters - factored.count) * gradients
        // Those products: in pieces, or as a whole where their norm is wanted.
        let products = factored.count * (spec.training.clipNorm == nil ? min(1, 0.25 * Double(workers)) : 1)
        let shard = (minibatch / Double(spec.shards)).rounded(.up)
        // Each layer's output and what it keeps, their gradients, and the input.
        let trained = shapes.layers.reduce(Double(spec.model.input.reduce(1, *))) { sum, layer in
            sum + 2 * (Double(layer.output.reduce(1, *)) + layer.kept)
        }
        // Scoring keeps nothing behind a layer: the widest one counts, of a stack one layer. Its memory is not that of
        // the steps, whose sizes are others.
        let scored = shapes.layers.map { layer in
            Double(layer.input.reduce(1, *) + layer.output.reduce(1, *)) + layer.kept / Double(layer.depth)
        }
        let activations = shard * trained + Double(EvaluationPlan.chunkSize) * (scored.max() ?? 0)
        // In which order an epoch visits the samples, while the next epoch's order is made.
        let orders = 2 * Double(samples)
        bytes =
            4 * (buffers + factored.factors + products + computing * activations + orders) + Double(dataBytes)
    }

    /// - Parameter available: Bytes that this process can have.
    /// - Throws: `TrainingError` when the job needs more.
    func check(available: Double = availableMemory()) throws(TrainingError) {
        guard bytes <= available else {
            throw TrainingError(
                .memory,
                "the job needs about \(gibibytes(bytes)) GiB of memory and there are "
                    + "\(gibibytes(available)); use fewer units or smaller batches")
        }
    }

    private func gibibytes(_ bytes: Double) -> String {
        let value = bytes / Double(1 << 30)
        return value < 10 ? String(format: "%.1f", value) : String(format: "%.0f", value)
    }
}

/// The gradients of dense weights, which are kept as factors.
private struct FactoredGradients {
    /// How many numbers the weights have.
    var count = 0.0
    /// How many numbers the factors of a minibatch have.
    var factors = 0.0

    init(_ shapes: ModelShapes, minibatch: Double) {
        let layers = Dictionary(shapes.layers.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        for parameter in shapes.parameters where !parameter.isFrozen && parameter.shape.count == 2 {
            // The layer, or the one around it, such as the attention around its four products.
            var name = parameter.name[...]
            while let dot = name.lastIndex(of: "."), layers[String(name)] == nil { name = name[..<dot] }
            guard let layer = layers[String(name)], layer.input.count <= 2 else { continue }
            let perSample = Double(layer.input.dropLast().reduce(1, *))
            let numbers = minibatch * perSample * Double(parameter.shape[0] + parameter.shape[1])
            if perSample > 1 && numbers > Double(GradientFactors.largestCount) { continue }
            count += Double(parameter.count)
            factors += numbers
        }
    }
}
