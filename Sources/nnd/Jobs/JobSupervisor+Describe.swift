package import Control
import Datasets
import Files

extension JobSupervisor {
    /// What a file holds, as far as a job file needs to know.
    ///
    /// - Parameters:
    ///   - request: Which file.
    ///   - owner: Whose rights it is read with, as for a start.
    /// - Returns: Its columns or arrays, each with its range.
    /// - Throws: `Problem` of code `bad-request` for a relative path; `DataError`; `CancellationError`.
    package func describe(
        _ request: DescribeRequest, for owner: UInt32? = nil
    ) async throws -> DataDescription {
        try checkPath(request.path, named: "path")
        return try await BlockingWork.runUntilShutdown {
            DataDescription(try FileDescription(path: request.path, .of(owner)))
        }
    }
}

extension DataDescription {
    fileprivate init(_ file: FileDescription) {
        let format: Format =
            switch file.format {
            case .csv: .csv
            case .idx: .idx
            case .npy: .npy
            case .npz: .npz
            case .images: .images
            }
        self.init(
            format: format, header: file.hasHeader,
            arrays: file.values.map { values in
                Values(
                    name: values.name, shape: values.shape, minimum: values.summary.minimum,
                    maximum: values.summary.maximum, isWhole: values.summary.isWhole,
                    distinct: values.summary.distinct, problem: values.problem,
                    words: values.words)
            }, classes: file.classes)
    }
}
