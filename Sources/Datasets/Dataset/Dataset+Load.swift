package import Files
public import Spec

/// How a label is to be read.
public enum LearningTask: Sendable {
    /// Labels are class indices: whole numbers from 0.
    case classification
    /// Labels are numbers to be predicted.
    case regression
}

extension Dataset {
    /// Reads all samples of a source: into memory, or as `storage` says if they are too many for it.
    ///
    /// IDX images [count, height, width] give `featureShape` [height, width]; a table gives [columns - label columns]; an
    /// array [count, …] gives […], and pictures give [channels, height, width].
    /// The number of classes is the largest label plus one. Regression targets have the shape [label columns]; class
    /// indices in several columns are one a position of a sequence.
    ///
    /// - Parameters:
    ///   - source: the files; a relative path is relative to the process's directory.
    ///   - task: whether labels are classes or values.
    ///   - storage: how many samples may be in memory, and where others go.
    /// - Returns: the samples in file order, not scaled.
    /// - Throws: `DataError`, naming the file and for a table the line and column.
    public static func load(
        _ source: SourceSpec, task: LearningTask, storage: SampleStorage = .standard()
    ) throws(DataError) -> Dataset {
        try load(source, task: task, storage: storage, files: .own)
    }

    /// As the method above, with files opened as `files` does.
    ///
    /// - Parameters:
    ///   - source: As above.
    ///   - task: As above.
    ///   - storage: As above.
    ///   - files: How files are opened.
    ///   - input: The shape of a sample as the model takes it; nil to read samples of any. Arrays and pictures of another
    ///     are refused before they are read. Of a table, whose columns have no order of axes, it is not asked.
    ///   - trained: What the training data has names for, if these samples are others: a table's columns are found by those
    ///     names, and folders of pictures must be the same classes.
    /// - Returns: The samples in file order, not scaled.
    /// - Throws: `DataError`.
    package static func load(
        _ source: SourceSpec, task: LearningTask, storage: SampleStorage, files: FileOpener,
        input: [Int]? = nil, like trained: SampleNames? = nil
    ) throws(DataError) -> Dataset {
        let input = input.map { SampleInput(shape: $0) }
        return switch source {
        case .idx(let pair): try readIDX(pair, input, task: task, storage: storage, files)
        case .csv(let table): try readCSV(table, task: task, storage: storage, files, like: trained)
        case .npy(let pair): try readNPY(pair, input, task: task, storage: storage, files)
        case .npz(let archive): try readNPZ(archive, input, task: task, storage: storage, files)
        case .images(let folder):
            try readImages(folder, input, task: task, storage: storage, files, like: trained)
        }
    }
}
