import Control
import Foundation
package import Parallel
import Spec

/// What is measured: one of the cases, or a job file.
package enum BenchSubject: Sendable, Equatable {
    case bench(BenchCase)
    case file(String)

    /// - Throws: `BenchError` for a word that is no case and no path of a file.
    package init(_ word: String) throws(BenchError) {
        if let bench = BenchCase(rawValue: word) {
            self = .bench(bench)
        } else if word.contains("/") || word.contains(".") || FileManager.default.fileExists(atPath: word) {
            self = .file(word)
        } else {
            let sentence = unknownWord(word, "case", plural: "cases", allowed: BenchCase.names)
            throw BenchError(.usage, "\(sentence); or name a job file by its path.")
        }
    }

    /// Reads the data and makes the job ready, without an end, validation and checkpoints.
    ///
    /// - Parameter samples: Those of the cases, which job files do without.
    /// - Returns: The job that is measured.
    /// - Throws: `BenchError` of exit code 65, in one sentence, for a file or data that cannot be used.
    package func job(on samples: BenchSamples?) throws(BenchError) -> TrainingJob {
        do {
            switch self {
            case .bench(let bench):
                return try TrainingJob(
                    bench, on: samples ?? BenchSamples(), length: .endless, checkpoint: .never)
            case .file(let path):
                return try TrainingJob(BenchSubject.spec(at: path)).endless()
            }
        } catch let error as BenchError {
            throw error
        } catch {
            throw BenchError(.badInput, "\(error)")
        }
    }

    /// The job with absolute paths.
    private static func spec(at path: String) throws -> JobSpec {
        let file = URL(fileURLWithPath: path)
        let data: Data
        do {
            // More than a job file may have: the reader says so, and a device without an end is no trap.
            data = try FileHandle(forReadingFrom: file).read(upToCount: 2 << 20) ?? Data()
        } catch {
            throw BenchError(.badInput, "\(path): the file cannot be read.")
        }
        guard let text = String(validating: data, as: UTF8.self) else {
            throw BenchError(.badInput, "\(path): not UTF-8 text; a job file is YAML or JSON in UTF-8.")
        }
        let directory = file.absoluteURL.deletingLastPathComponent().path
        return try JobSpec(yaml: text, file: path).resolvingPaths(relativeTo: directory)
    }
}
