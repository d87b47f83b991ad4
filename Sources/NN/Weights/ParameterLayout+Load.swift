extension ParameterLayout {
    /// The parameters' values from a safetensors file, in layout order.
    ///
    /// Strict both ways: every parameter must be in the file with its shape and type F32, and nothing else
    /// may be.
    /// - Throws: `WeightsError`, which names the file and the parameter.
    public func values(fromSafetensors path: String) throws(WeightsError) -> [Float] {
        let file = try Safetensors(path: path)
        let known = Set(entries.map(\.parameter.name))
        if let extra = file.entries.keys.filter({ !known.contains($0) }).min() {
            throw WeightsError(
                file: path, parameter: extra,
                "is not a parameter of the model, which has \(known.sorted().joined(separator: ", "))")
        }
        var values: [Float] = []
        values.reserveCapacity(count)
        for entry in entries {
            let part = try file.values(of: entry.parameter.name, shape: entry.parameter.shape)
            guard part.allSatisfy(\.isFinite) else {
                throw WeightsError(
                    file: path, parameter: entry.parameter.name, "has a value that is not a finite number")
            }
            values += part
        }
        try file.checkThatTensorsFillTheFile()
        return values
    }
}
