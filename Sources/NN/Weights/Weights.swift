public import Tensor

/// The values of a model's parameters and running averages, by name.
///
///     var weights = Weights(model, seed: 42)
///     weights["0.bias"] = Tensor([0.5, -0.5])
///     try weights.save(to: "start.safetensors")
///     let y = ModelReplica(model, weights).predict(x)
public struct Weights: Sendable {
    /// The names, and where the values lie.
    public let layout: ParameterLayout
    /// All values in layout order, as a flat buffer holds them.
    public private(set) var values: [Float]

    /// What a model starts with: a function of the seed and the parameters' names.
    public init(_ model: Model, seed: UInt64 = 0) {
        self.init(model.layout, values: model.initialValues(seed: seed))
    }

    /// - Parameters:
    ///   - layout: The names, and where the values lie.
    ///   - values: In layout order, as a flat buffer holds them.
    /// - Precondition: there are as many values as the layout has.
    public init(_ layout: ParameterLayout, values: [Float]) {
        require(values.count == layout.count, "\(values.count) values for a layout of \(layout.count)")
        self.layout = layout
        self.values = values
    }

    /// Reads a safetensors file, strictly: every parameter must be in it with its shape, and nothing else may be. Of the
    /// running averages all must be there or none.
    ///
    /// - Parameters:
    ///   - layout: What must be in the file.
    ///   - path: The file.
    /// - Throws: `WeightsError`, which names the file and the parameter.
    public init(_ layout: ParameterLayout, safetensors path: String) throws(WeightsError) {
        self.init(layout, values: try layout.values(fromSafetensors: path))
    }

    /// The names of all parameters, then of all running averages, each in the order of their bytes.
    public var names: [String] { layout.tensors.map(\.name) }

    /// The SHA-256 of the parameters; see `ParameterLayout.digest(of:)`.
    public var digest: String { layout.digest(of: values) }

    /// The values of one parameter or running average, with its shape.
    /// - Precondition: the model has one of this name, and what is assigned has its shape.
    public subscript(name: String) -> Tensor {
        get {
            let (range, shape) = place(of: name)
            return Tensor(Array(values[range]), shape: shape)
        }
        set {
            let (range, shape) = place(of: name)
            require(newValue.shape == shape, "`\(name)` has the shape \(shape), not \(newValue.shape)")
            values.replaceSubrange(range, with: newValue.values)
        }
    }

    private func place(of name: String) -> (Range<Int>, Tensor.Shape) {
        if let entry = layout.entries.first(where: { $0.parameter.name == name }) {
            return (entry.range, Tensor.Shape(entry.parameter.shape))
        }
        guard let entry = layout.averages.first(where: { $0.average.name == name }) else {
            fatalError(
                "no parameter is called `\(name)`; there are \(names.joined(separator: ", "))")
        }
        return (entry.range, Tensor.Shape(entry.average.shape))
    }
}

extension ModelReplica {
    /// A replica with a copy of these weights.
    /// - Precondition: they have the model's layout.
    public init(_ model: Model, _ weights: Weights) {
        self.init(model, weights: FlatBuffer(weights.values))
    }
}
