import Datasets
import NN
package import Spec

extension TrainingJob {
    /// What the job takes in memory.
    ///
    /// - Parameter workers: On so many, which may be others than the spec names.
    /// - Returns: An estimate.
    /// - Throws: `SpecError` for a model without shapes, which a job from a file has not.
    package func memory(workers: Int) throws -> MemoryEstimate {
        MemoryEstimate(
            spec, shapes: try spec.model.shapes(), samples: train.count, dataBytes: dataBytes,
            workers: workers)
    }
}

extension MemoryEstimate {
    /// The least that a job takes, whatever its data: one sample.
    ///
    /// - Parameters:
    ///   - spec: The job.
    ///   - workers: On so many.
    /// - Returns: An estimate.
    /// - Throws: `SpecError` for a model without shapes.
    package static func least(_ spec: JobSpec, workers: Int) throws -> MemoryEstimate {
        MemoryEstimate(spec, shapes: try spec.model.shapes(), samples: 1, workers: workers)
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
