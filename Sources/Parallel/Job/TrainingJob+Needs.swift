import Datasets
import NN
package import Spec

extension TrainingJob {
    /// What the job takes in memory.
    ///
    /// - Parameter workers: As asked for, which may be others than the spec names.
    /// - Returns: An estimate.
    /// - Throws: `SpecError` for a model without shapes, which a job from a file has not.
    package func memory(workers: WorkerCount) throws -> MemoryEstimate {
        var spec = spec
        spec.training.workers = workers
        return MemoryEstimate(
            spec, shapes: try spec.model.shapes(), samples: train.count, dataBytes: dataBytes)
    }

    /// - Throws: `TrainingError` when the job needs more memory than this process can have.
    package func checkMemory(workers: WorkerCount) throws { try memory(workers: workers).check() }
}

extension MemoryEstimate {
    /// The least that a job takes, whatever its data: one sample.
    ///
    /// - Throws: `SpecError` for a model without shapes.
    package static func least(_ spec: JobSpec) throws -> MemoryEstimate {
        MemoryEstimate(spec, shapes: try spec.model.shapes(), samples: 1)
    }

    /// Why the job cannot run in so much memory; nil if it can.
    package func problem(available: Double) -> String? {
        do throws(TrainingError) {
            try check(available: available)
            return nil
        } catch {
            return error.description
        }
    }
}

extension JobSpec {
    /// Bytes of the numbers in one checkpoint: weights, averages and the optimizer's state.
    ///
    /// - Throws: `SpecError` for a model without shapes.
    package func checkpointBytes() throws -> Double {
        let shapes = try model.shapes()
        let numbers = (shapes.parameters + shapes.averages).reduce(0.0) { $0 + Double($1.count) }
        let buffers = 1 + optimizer.makeOptimizer().stateNames.count + (training.ema == nil ? 0 : 1)
        return 4 * Double(buffers) * numbers
    }
}
