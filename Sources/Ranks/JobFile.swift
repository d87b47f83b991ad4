import Foundation
import Parallel
import Spec

/// The job file that all ranks read.
struct JobFile {
    let path: String
    /// `KEY=VALUE`.
    let changes: [String]

    /// Reads the data of a job.
    /// - Throws: One sentence for whatever cannot be used.
    func job(_ spec: JobSpec) throws -> TrainingJob {
        let file = URL(fileURLWithPath: path)
        try useInstructionSet(of: spec)
        let folder = file.absoluteURL.deletingLastPathComponent().path
        return try TrainingJob(spec.withoutCluster.resolvingPaths(relativeTo: folder))
    }

    /// Reads the file, whose relative paths stay as they are.
    /// - Throws: One sentence for whatever is wrong with it.
    func spec() throws -> JobSpec {
        let file = URL(fileURLWithPath: path)
        let data: Data
        do {
            // More than a job file may have: the reader says so.
            data = try FileHandle(forReadingFrom: file).read(upToCount: 2 << 20) ?? Data()
        } catch {
            throw JobFileError("\(path): the file cannot be read.")
        }
        guard let text = String(validating: data, as: UTF8.self) else {
            throw JobFileError("\(path): not UTF-8 text; a job file is YAML or JSON in UTF-8.")
        }
        return try JobSpec(yaml: text, file: path, overrides: changes)
    }
}

/// Why there is no job.
struct JobFileError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
