import Control
import Spec

extension SourceSpec {
    /// Another source of the same format, with labels where this one has them: in the same columns or the array of the same name.
    ///
    /// - Parameters:
    ///   - file: An absolute path.
    ///   - labels: That of a file with the labels, which `idx` and `npy` need and the others do not have.
    /// - Returns: The source.
    /// - Throws: `Problem` of code `bad-request`.
    func reading(_ file: String, labels: String?) throws(Problem) -> SourceSpec {
        switch self {
        case .idx, .npy:
            guard let labels else {
                throw Problem(
                    .badRequest,
                    "labels: the job was trained on pairs of files, so name the file with the labels too (`--labels`)."
                )
            }
            if case .npy = self { return .npy(NPYSourceSpec(features: file, labels: labels)) }
            return .idx(IDXSourceSpec(images: file, labels: labels))
        case .csv, .npz, .images:
            guard labels == nil else {
                throw Problem(
                    .badRequest,
                    "labels: the job was trained on data that has the labels in it, and so has this; leave them out."
                )
            }
        }
        switch self {
        case .csv(var table):
            table.path = file
            return .csv(table)
        case .npz(var archive):
            archive.path = file
            return .npz(archive)
        case .images(var folder):
            folder.directory = file
            return .images(folder)
        case .idx, .npy: return self
        }
    }
}
