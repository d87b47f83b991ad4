import Foundation
import NN
package import Spec
import Tensor

/// What a job will take in memory of this machine, as far as its spec and its samples tell.
package struct MemoryEstimate: Sendable {
    package let parts: Parts

    /// Bytes, by what they are for.
    package struct Parts: Sendable, Equatable {
        /// The weights, and copies of them while they are made.
        package var weights: Double
        /// With the factors that they are products of.
        package var gradients: Double
        /// The optimizer's state, and the average of the weights.
        package var optimizer: Double
        /// One copy of weights and state.
        package var snapshot: Double
        /// What layers give and keep.
        package var activations: Double
        /// In which order an epoch visits the samples.
        package var order: Double
        /// Those in memory, and the lists of their rows.
        package var samples: Double
    }

    package var bytes: Double {
        parts.weights + parts.gradients + parts.optimizer + parts.snapshot + parts.activations + parts.order
            + parts.samples
    }

    private let numbers: Numbers

    /// - Parameters:
    ///   - spec: The job.
    ///   - shapes: What the layers make of one sample.
    ///   - samples: Training samples.
    ///   - dataBytes: What samples, and the lists of their rows, take in memory.
    ///   - workers: How many train it.
    init(_ spec: JobSpec, shapes: ModelShapes, samples: Int, dataBytes: Int = 0, workers: Int) {
        self.init(Numbers(spec, shapes: shapes, samples: samples, dataBytes: dataBytes), workers: workers)
    }

    private init(_ numbers: Numbers, workers: Int) {
        self.numbers = numbers
        parts = numbers.parts(workers: workers)
    }

    /// What the same job takes on other processes, one worker each.
    package func on(_ cluster: ClusterSpec?) -> MemoryEstimate {
        var numbers = numbers
        numbers.cluster = cluster
        return MemoryEstimate(numbers, workers: 1)
    }

    /// What the same job takes on another number of workers; more never take less.
    package func on(workers: Int) -> MemoryEstimate { MemoryEstimate(numbers, workers: workers) }

    /// - Parameter available: Bytes that this process can have.
    /// - Throws: `TrainingError` when the job needs more.
    package func check(available: Double) throws(TrainingError) {
        guard bytes <= available else {
            throw TrainingError(
                .memory,
                "the job needs about \(gibibytes(bytes)) GiB of memory and there are "
                    + "\(gibibytes(available)); use fewer units or workers, or smaller batches")
        }
    }

    private func gibibytes(_ bytes: Double) -> String { MemoryEstimate.gibibytes(bytes) }

    /// As errors say it, without the unit.
    package static func gibibytes(_ bytes: Double) -> String {
        let value = bytes / Double(1 << 30)
        return value < 10 ? String(format: "%.1f", value) : String(format: "%.0f", value)
    }
}

extension MemoryEstimate {
    /// What the estimate is made of, whatever the number of workers. All but `shards` and `dataBytes` count numbers of
    /// 4 bytes.
    private struct Numbers: Sendable {
        let parameters: Double
        /// Of the optimizer and the average of the weights, for each parameter.
        let state: Double
        /// Averages of the weights among the state: one or none.
        let averages: Double
        let shards: Int
        let factors: Double
        /// Of one worker.
        let activations: Double
        let samples: Double
        let dataBytes: Double
        /// Nil for one process.
        var cluster: ClusterSpec?

        init(_ spec: JobSpec, shapes: ModelShapes, samples: Int, dataBytes: Int) {
            parameters = Double(shapes.parameterCount)
            averages = spec.training.ema == nil ? 0 : 1
            state = Double(spec.optimizer.makeOptimizer().stateNames.count) + averages
            shards = spec.shards
            let minibatch = Double(min(spec.training.batchSize, samples))
            factors = MemoryEstimate.factors(of: shapes, minibatch: minibatch)
            let shard = (minibatch / Double(spec.shards)).rounded(.up)
            // Each layer's output and what it keeps, their gradients, and the input.
            let trained = shapes.layers.reduce(Double(spec.model.input.reduce(1, *))) { sum, layer in
                sum + 2 * (Double(layer.output.reduce(1, *)) + layer.kept)
            }
            // Scoring keeps nothing behind a layer: the widest one counts, of a stack one layer. Its memory is not that
            // of the steps, whose sizes are others.
            let scored = shapes.layers.map { layer in
                Double(layer.input.reduce(1, *) + layer.output.reduce(1, *))
                    + layer.kept / Double(layer.depth)
            }
            activations = shard * trained + Double(EvaluationPlan.chunkSize) * (scored.max() ?? 0)
            self.samples = Double(samples)
            self.dataBytes = Double(dataBytes)
            cluster = spec.cluster
        }

        func parts(workers: Int) -> Parts {
            guard let cluster else { return ofOneProcess(workers: workers) }
            return parts(of: cluster, workers: workers)
        }

        /// Of the ranks on this machine, and of the daemon that reads the samples too.
        private func parts(of cluster: ClusterSpec, workers: Int) -> Parts {
            let tasks = ProcessInfo.processInfo.environment["SLURM_TASKS_PER_NODE"]
            let (ranks, here) = (Double(cluster.ranks), Double(cluster.ranksHere(tasksPerNode: tasks)))
            let perRank = cluster.workersPerRank(workers)
            var parts = ofOneProcess(workers: perRank)
            parts.weights *= here
            // Of each subtree that another rank sums its part, at most one a shard, and three messages.
            let received = Double(shards) / ranks
            parts.gradients = (parts.gradients + 4 * parameters * (received + 3)) * here
            // Rank 0 has all of it for snapshots, of which the daemon gets another copy; an average all ranks have for scores.
            let all = (1 + (here - 1) / ranks)
            parts.optimizer = 4 * parameters * ((state - averages) * all + averages * here)
            parts.snapshot *= 2
            parts.activations *= here
            parts.order *= here
            parts.samples *= here + 1
            return parts
        }

        private func ofOneProcess(workers: Int) -> Parts {
            // Each worker that has shards holds the gradients on their way up the tree.
            let levels = Double(Int.bitWidth - (shards - 1).leadingZeroBitCount)
            let computing = Double(min(workers, shards))
            let gradients = min(Double(shards), computing * (levels + 1))
            // The weights, the initial ones twice while they are made, the optimizer's state with the average of the
            // weights, one snapshot of weights and state, and the gradients that are products, whole and in pieces. Of
            // the gradients little is touched where most are products, but all is asked for.
            let products = min(1, 0.25 * Double(workers))
            // In which order an epoch visits the samples, while the next epoch's order is made.
            let orders = 2 * samples
            return Parts(
                weights: 4 * 4 * parameters, gradients: 4 * (parameters * (gradients + products) + factors),
                optimizer: 4 * parameters * state, snapshot: 4 * parameters * (1 + state),
                activations: 4 * computing * activations, order: 4 * orders, samples: dataBytes)
        }
    }

    /// How many numbers the factors of dense weights' gradients have.
    private static func factors(of shapes: ModelShapes, minibatch: Double) -> Double {
        let layers = Dictionary(shapes.layers.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        return shapes.parameters.reduce(0) { sum, parameter in
            let (sizes, suffix) = (parameter.shape, ".weight")
            guard sizes.count == 2, !parameter.isFrozen, parameter.name.hasSuffix(suffix) else { return sum }
            var name = parameter.name.dropLast(suffix.count)
            if let layer = layers[String(name)] {
                // Not the table of an embedding.
                guard sizes == [layer.input.last ?? 0, layer.output.last ?? 0] else { return sum }
            }
            // A product inside of a layer, as in attention, has as many rows a sample as the layer around it.
            while layers[String(name)] == nil, let dot = name.lastIndex(of: ".") { name = name[..<dot] }
            let perSample = layers[String(name)]?.input.dropLast().reduce(1, *) ?? 1
            let numbers = minibatch * Double(perSample) * Double(sizes[0] + sizes[1])
            return perSample > 1 && numbers > Double(GradientFactors.largestCount) ? sum : sum + numbers
        }
    }
}
