package import Files
package import Spec

extension ParameterLayout {
    /// The values of parameters and running averages from a safetensors or NPZ file, in layout order.
    ///
    /// Strict both ways: every parameter must be in the file with its shape as 32-bit numbers, and nothing else
    /// may be. Of the running averages all must be there or none, which then start as in a new model.
    /// - Throws: `WeightsError`, which names the file and the parameter.
    public func values(fromSafetensors path: String) throws(WeightsError) -> [Float] {
        try StoredTensors(self).values(from: openTensorFile(path, .own), path)
    }
}

extension Model {
    /// The values of parameters and running averages from a file that a job names, in layout order. Strict as
    /// ``ParameterLayout/values(fromSafetensors:)``.
    ///
    /// - Parameters:
    ///   - weights: The file, and the layout of its tensors.
    ///   - files: Opens it.
    /// - Returns: As many values as the layout has.
    /// - Throws: `WeightsError`, which names the file and the tensor.
    package func values(
        from weights: InitialWeightsSpec, _ files: FileOpener
    ) throws(WeightsError) -> [Float] {
        let file = try openTensorFile(weights.path, files)
        let own = file.layoutName.flatMap(WeightsLayout.init(rawValue:))
        if let own, let asked = weights.layout, own != asked {
            throw WeightsError(
                file: weights.path,
                "says that its layout is \(own.rawValue), and `initial_weights.layout` says \(asked.rawValue); "
                    + "leave that out")
        }
        do {
            let tensors = try StoredTensors(self, weights.layout ?? own ?? .native)
            return try tensors.values(from: file, weights.path)
        } catch let error as WeightsLayoutError {
            throw WeightsError(file: weights.path, "cannot be in the layout pytorch: \(error)")
        } catch let error as WeightsError {
            throw error
        } catch {
            throw WeightsError(file: weights.path, "cannot be read: \(error)")
        }
    }
}
