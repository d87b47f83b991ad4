import Foundation
public import Spec

/// How a label is to be read.
public enum LearningTask: Sendable {
    /// Labels are class indices: whole numbers from 0.
    case classification
    /// Labels are numbers to be predicted.
    case regression
}

extension Dataset {
    /// Reads all samples of a source into memory.
    ///
    /// IDX images [count, height, width] give `featureShape` [height, width]; a table gives [columns - label columns].
    /// The number of classes is the largest label plus one. Regression targets have the shape [label columns]; class
    /// indices in several columns are one a position of a sequence.
    ///
    /// - Parameters:
    ///   - source: the files; a relative path is relative to the process's directory.
    ///   - task: whether labels are classes or values.
    /// - Returns: the samples in file order, not scaled.
    /// - Throws: `DataError`, naming the file and for a table the line and column.
    public static func load(_ source: SourceSpec, task: LearningTask) throws(DataError) -> Dataset {
        // What does not fit in the machine's memory would end the process instead of throwing. Half of it,
        // because an array that grows is copied.
        let memory = ProcessInfo.processInfo.physicalMemory / 2
        return try load(source, task: task, byteLimit: Int(clamping: memory))
    }

    /// Reads all samples of a source into memory, at most `byteLimit` bytes of them.
    package static func load(
        _ source: SourceSpec, task: LearningTask, byteLimit: Int
    ) throws(DataError) -> Dataset {
        switch source {
        case .idx(let files): try readIDX(files, task: task, byteLimit: byteLimit)
        case .csv(let table): try readCSV(table, task: task, byteLimit: byteLimit)
        }
    }
}
