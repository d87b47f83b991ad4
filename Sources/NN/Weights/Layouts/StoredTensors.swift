package import Spec

/// All tensors of a model as a file of weights has them.
package struct StoredTensors: Sendable {
    /// What is called and lies as it does in the model comes sorted by name; otherwise in the order of the layers.
    package let tensors: [StoredTensor]
    /// Tensors that the file may have besides, which say nothing to the model.
    private let unused: Set<String>
    /// What an NPZ file of ours tells of how samples are scaled, which is no part of the weights.
    private static let notes: Set = ["scale.mean", "scale.deviation", "scale.divisor"]
    private let layout: ParameterLayout

    /// As they lie in the model.
    init(_ layout: ParameterLayout) {
        self.layout = layout
        unused = []
        tensors =
            layout.entries.map { StoredTensor($0.parameter.name, $0.parameter.shape, [.same($0.range)]) }
            + layout.averages.map {
                StoredTensor($0.average.name, $0.average.shape, [.same($0.range)], isAverage: true)
            }
    }

    /// - Throws: `WeightsLayoutError` when a layer has no counterpart with that layout.
    package init(_ model: Model, _ layout: WeightsLayout) throws(WeightsLayoutError) {
        switch layout {
        case .native: self.init(model.layout)
        case .pytorch:
            let tensors = try TensorPlaces(model.layout).tensors(of: model.network)
            // How often a batch norm was trained, which counts only where it has no momentum.
            let unused = model.layout.averages.map {
                $0.average.name.split(separator: ".").dropLast().joined(separator: ".")
                    + ".num_batches_tracked"
            }
            self.init(tensors, unused: Set(unused), of: model.layout)
        }
    }

    private init(_ tensors: [StoredTensor], unused: Set<String>, of layout: ParameterLayout) {
        (self.tensors, self.unused, self.layout) = (tensors, unused, layout)
    }

    /// The values of the model in a file.
    func values(from file: any TensorFile, _ path: String) throws(WeightsError) -> [Float] {
        let known = Set(tensors.map(\.name))
        if let extra = file.names.subtracting(known).subtracting(unused).subtracting(Self.notes).min() {
            throw WeightsError(
                file: path, parameter: extra,
                "is not a parameter of the model, which has \(known.sorted().joined(separator: ", "))")
        }
        let hasAverages = tensors.contains { $0.isAverage && file.names.contains($0.name) }
        var buffer =
            [Float](repeating: 0, count: layout.parameterCount) + layout.initialAverages
        for tensor in tensors where hasAverages || !tensor.isAverage {
            let values = try file.values(of: tensor.name, shape: tensor.shape)
            guard values.allSatisfy(\.isFinite) else {
                throw WeightsError(
                    file: path, parameter: tensor.name, "has a value that is not a finite number")
            }
            guard tensor.put(values, into: &buffer) else {
                throw WeightsError(
                    file: path, parameter: tensor.name,
                    "has numbers other than 0 where the model has no parameters: its attention has no biases")
            }
        }
        try file.checkTheRest()
        return buffer
    }
}

/// Why a model's weights cannot be in a layout, in a sentence.
package struct WeightsLayoutError: Error, Sendable, Equatable, CustomStringConvertible {
    package let description: String

    init(_ sentence: String) {
        description = sentence
    }
}
