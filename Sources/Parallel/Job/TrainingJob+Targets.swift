import Datasets
import Files
import NN
import Spec

extension JobSpec {
    /// How the labels of a source are to be read for a model with this output.
    ///
    /// - Throws: `SpecError` when the loss cannot have that many columns of labels; `DataError` where only a file tells how
    ///   many there are, and it does not.
    func task(for source: SourceSpec, output: [Int], _ files: FileOpener) throws -> LearningTask {
        let columns = try source.labelColumns(files)
        switch targetKind(columns: columns, output: output) {
        case .classes: return .classification
        case .binary, .parts, .numbers: return .regression
        case nil:
            // `validate` says so by the key; a job made in code may not have been held to it.
            throw SpecError(
                key: "data",
                "`\(loss.name)` with an output of the shape \(output) does not take "
                    + "\(columns) label \(columns == 1 ? "column" : "columns")")
        }
    }
}

extension Dataset {
    /// How many labels or target values a sample has.
    var targetsPerSample: Int { labelsPerSample ?? targetShape?.reduce(1, *) ?? 1 }

    /// Checks that the targets are of a kind that the loss takes.
    ///
    /// - Parameters:
    ///   - spec: The job with the loss.
    ///   - output: The shape of the model's output for one sample.
    ///   - key: What the samples are called.
    /// - Throws: `TrainingError` that names the key and what was found; `DataError` when a file with samples has changed
    ///   or cannot be read.
    func checkTargets(_ spec: JobSpec, output: [Int], key: String) throws {
        let kind = spec.targetKind(columns: targetsPerSample, output: output)
        guard let kind, (kind == .classes) == (classCount != nil) else {
            let found = classCount == nil ? "\(targetsPerSample) numbers a sample" : "class indices"
            throw TrainingError(
                .mismatch,
                "\(key): `\(spec.loss.name)` with an output of the shape \(output) does not take \(found) as targets"
            )
        }
        guard kind == .binary || kind == .parts, let range = try targetRange() else { return }
        let odd = [range.lowerBound, range.upperBound].first { !(0...1).contains($0) }
        if let odd {
            throw TrainingError(
                .mismatch, "\(key): `\(spec.loss.name)` takes targets from 0 to 1, and there is \(odd)")
        }
    }
}
