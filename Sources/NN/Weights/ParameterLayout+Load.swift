package import Files

extension ParameterLayout {
    /// The values of parameters and running averages from a safetensors file, in layout order.
    ///
    /// Strict both ways: every parameter must be in the file with its shape and type F32, and nothing else
    /// may be. Of the running averages all must be there or none, which then start as in a new model.
    /// - Throws: `WeightsError`, which names the file and the parameter.
    public func values(fromSafetensors path: String) throws(WeightsError) -> [Float] {
        try values(fromSafetensors: path, files: .own)
    }

    /// As the method above, with the file opened as `files` does.
    package func values(fromSafetensors path: String, files: FileOpener) throws(WeightsError) -> [Float] {
        let file = try Safetensors(path: path, files)
        let known = Set(tensors.map(\.name))
        let hasAverages = averages.contains { file.entries[$0.average.name] != nil }
        if let extra = file.entries.keys.filter({ !known.contains($0) }).min() {
            throw WeightsError(
                file: path, parameter: extra,
                "is not a parameter of the model, which has \(known.sorted().joined(separator: ", "))")
        }
        var values: [Float] = []
        values.reserveCapacity(count)
        for (name, shape) in hasAverages ? tensors : Array(tensors.prefix(entries.count)) {
            let part = try file.values(of: name, shape: shape)
            guard part.allSatisfy(\.isFinite) else {
                throw WeightsError(file: path, parameter: name, "has a value that is not a finite number")
            }
            values += part
        }
        if !hasAverages { values += initialAverages }
        try file.checkThatTensorsFillTheFile()
        return values
    }
}
