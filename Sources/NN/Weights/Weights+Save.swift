import Foundation

extension Weights {
    /// Writes all parameters and running averages to a safetensors file, which `init(_:safetensors:)` and
    /// `initial_weights` read. A file that is there is replaced as a whole.
    /// - Throws: `WeightsError` when the file cannot be written.
    public func save(to path: String) throws(WeightsError) {
        do {
            let file = try SafetensorsWriter(StoredTensors(layout).tensors, of: values)
            try file.whole().write(to: URL(fileURLWithPath: path), options: .atomic)
        } catch {
            throw WeightsError(
                file: path, "cannot be written: \(error.localizedDescription)")
        }
    }
}
