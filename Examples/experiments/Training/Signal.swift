import Datasets
import NN
import Spec
import Tensor

/// How large the numbers in a net are before its first step.
package struct Signal: Sendable {
    /// The standard deviation of what each hidden layer puts out.
    package var activations: [Double]
    /// The root mean square of the gradient of each dense layer's weights, the first layer's first.
    package var gradients: [Double]

    /// Passes the first training samples forward and backward once.
    ///
    /// - Parameters:
    ///   - setting: The net; its layers are dense, the last one without an activation.
    ///   - samples: How many.
    /// - Throws: `SpecError` that names a layer and both shapes; `DataError` when a file with samples cannot be read.
    package init(_ setting: Setting, samples: Int = 256) throws {
        let (spec, train) = (setting.spec, setting.samples.train)
        let rows = [Int32](0..<Int32(min(samples, train.count)))
        let x = try Tensor(shape: [rows.count, train.featureCount]) { span in
            try train.gatherFeatures(rows: rows.span, into: &span)
        }
        // A parameter starts as its name says, so the first layers of the net are a net of their own.
        activations = try (1..<spec.model.layers.count).map { depth in
            let part = ModelSpec(input: spec.model.input, layers: Array(spec.model.layers.prefix(depth)))
            let replica = try Signal.replica(part, seed: spec.seed)
            return Signal.deviation(replica.predict(x).values)
        }
        gradients = try Signal.gradients(of: spec, on: x, labels: try train.labels(at: rows))
    }

    private static func replica(_ spec: ModelSpec, seed: UInt64) throws -> ModelReplica {
        let model = try Model(spec)
        return ModelReplica(model, weights: FlatBuffer(model.initialValues(seed: seed)))
    }

    private static func gradients(of spec: JobSpec, on x: Tensor, labels: [Int32]) throws -> [Double] {
        let replica = try replica(spec.model, seed: spec.seed)
        let layout = replica.model.layout
        let buffer = FlatBuffer(count: layout.count)
        _ = try replica.differentiate(
            Loss(spec.loss), of: x, .classes(labels), scale: 1 / Float(labels.count), into: buffer)
        let weights = layout.entries.filter { $0.parameter.shape.count == 2 }
        return weights.map { entry in
            let squares = buffer.values(in: entry.range).reduce(0.0) { $0 + Double($1) * Double($1) }
            return (squares / Double(entry.range.count)).squareRoot()
        }
    }

    private static func deviation(_ values: [Float]) -> Double {
        let count = Double(values.count)
        let mean = values.reduce(0.0) { $0 + Double($1) } / count
        let squares = values.reduce(0.0) { $0 + (Double($1) - mean) * (Double($1) - mean) }
        return (squares / count).squareRoot()
    }
}

extension Dataset {
    fileprivate func labels(at rows: [Int32]) throws -> [Int32] {
        var labels = [Int32](repeating: 0, count: rows.count)
        var span = labels.mutableSpan
        try gatherLabels(rows: rows.span, into: &span)
        return labels
    }
}
