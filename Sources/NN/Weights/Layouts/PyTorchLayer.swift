/// A layer that PyTorch has too: `tensors(_:)` gives the `state_dict` of its module there.
protocol PyTorchLayer: Layer {
    /// - Throws: `WeightsLayoutError` when PyTorch does not have a layer with these settings.
    func tensors(_ places: TensorPlaces) throws(WeightsLayoutError) -> [StoredTensor]
}

extension PyTorchLayer {
    /// Everything as it lies here.
    func tensors(_ places: TensorPlaces) throws(WeightsLayoutError) -> [StoredTensor] {
        parameters.map { places.same($0, as: $0.name) }
            + averages.map { StoredTensor($0.name, $0.shape, [.same(places[$0.name])], isAverage: true) }
    }
}

extension Convolution: PyTorchLayer {}
extension ConvTranspose2D: PyTorchLayer {}
extension BatchNorm: PyTorchLayer {}
extension LayerNorm: PyTorchLayer {}
extension RMSNorm: PyTorchLayer {}
extension GroupNorm: PyTorchLayer {}
extension PositionalEncoding: PyTorchLayer {}

extension Sequential: PyTorchLayer {
    func tensors(_ places: TensorPlaces) throws(WeightsLayoutError) -> [StoredTensor] {
        var tensors: [StoredTensor] = []
        for layer in layers { tensors += try places.tensors(of: layer) }
        return tensors
    }
}

extension Residual: PyTorchLayer {
    func tensors(_ places: TensorPlaces) throws(WeightsLayoutError) -> [StoredTensor] {
        try places.tensors(of: inner)
    }
}

extension Dense: PyTorchLayer {
    func tensors(_ places: TensorPlaces) -> [StoredTensor] {
        [places.transposed(weight, as: weight.name)] + (bias.map { [places.same($0, as: $0.name)] } ?? [])
    }
}

extension Embedding: PyTorchLayer {
    /// The row of what stands for nothing is zeros there, and is not looked at here.
    func tensors(_ places: TensorPlaces) -> [StoredTensor] {
        guard let padding else { return [places.same(weight, as: weight.name)] }
        let (range, size) = (places[weight.name], weight.shape[1])
        let row = range.lowerBound + padding * size
        return [
            StoredTensor(
                weight.name, weight.shape,
                [
                    .same(range.lowerBound..<row), .absent(size, hasEffect: false),
                    .same((row + size)..<range.upperBound),
                ])
        ]
    }
}

/// Where the parameters of a model lie in its flat buffer, by name.
struct TensorPlaces {
    private let ranges: [String: Range<Int>]

    init(_ layout: ParameterLayout) {
        let entries =
            layout.entries.map { ($0.parameter.name, $0.range) }
            + layout.averages.map { ($0.average.name, $0.range) }
        ranges = Dictionary(uniqueKeysWithValues: entries)
    }

    /// - Precondition: the model has a parameter or a running average of this name.
    subscript(name: String) -> Range<Int> { ranges[name, default: 0..<0] }

    func same(_ parameter: Parameter, as name: String) -> StoredTensor {
        StoredTensor(name, parameter.shape, [.same(self[parameter.name])])
    }

    /// A matrix.
    func transposed(_ matrix: Parameter, as name: String) -> StoredTensor {
        StoredTensor(name, matrix.shape.reversed(), [transposed(matrix)])
    }

    func transposed(_ matrix: Parameter) -> StoredTensor.Part {
        .transposed(self[matrix.name], rows: matrix.shape[0])
    }

    /// - Throws: `WeightsLayoutError` for a layer with parameters that PyTorch does not have.
    func tensors(of layer: any Layer) throws(WeightsLayoutError) -> [StoredTensor] {
        if let layer = layer as? any PyTorchLayer { return try layer.tensors(self) }
        guard let parameter = layer.parameters.first else { return [] }
        throw WeightsLayoutError(
            "PyTorch has no layer of the type \(type(of: layer)), as that of `\(parameter.name)` is")
    }
}
