import Control

extension FoundData {
    /// Puts together what the daemon found in each file.
    ///
    /// - Parameters:
    ///   - parts: Each with its description.
    ///   - label: The column with the labels; nil for the usual one.
    ///   - isClassification: nil where the labels are to tell.
    /// - Throws: `Failure` with what is missing or cannot be trained on.
    init(
        _ parts: [(part: DataFiles.Part, description: DataDescription)], label: String?,
        isClassification: Bool?
    ) throws(Failure) {
        var samples: [DataName.Role: Samples] = [:]
        var names: [String] = []
        guard let format = parts.first?.description.format else {
            throw Failure(.usage, "There is no data; name a file or a folder.")
        }
        guard parts.allSatisfy({ $0.description.format == format }) else {
            throw Failure(.usage, "The files are of different formats; name those of one data set.")
        }
        if label != nil, format != .csv {
            throw Failure(.usage, "--label names a column of a table, and \(parts[0].part.path) is none.")
        }
        for role in DataName.Role.allCases {
            let own = parts.filter { $0.part.role == role }
            guard let first = own.first else { continue }
            switch format {
            case .csv: samples[role] = try Samples(table: first.part.path, first.description, label: label)
            case .idx: samples[role] = try Samples(pair: own, kind: "idx", features: "images")
            case .npy: samples[role] = try Samples(pair: own, kind: "npy", features: "features")
            case .npz: samples.merge(try Samples.archive(first.part, first.description)) { first, _ in first }
            case .images:
                var pictures = try Samples(pictures: first.part.path, first.description)
                // All become what those to train on become.
                if let train = samples[.train] { pictures.resize(like: train) }
                samples[role] = pictures
                if names.isEmpty { names = first.description.classes }
            }
            let mayBeOne = format == .csv || format == .npz || format == .images
            if mayBeOne, own.count > 1 {
                throw Failure(
                    .usage,
                    "\(own[1].part.path): there is \(first.part.path) already to \(role.verb); name one of both."
                )
            }
        }
        // A file that is called a test set and is all there is is trained on.
        let isAlone = samples.count == 1
        guard let train = samples[.train] ?? (isAlone ? samples.values.first : nil) else {
            throw Failure(
                .badInput, "\(parts[0].part.path): there are no training samples beside it; name them too.")
        }
        if isAlone { samples = [.train: train] }
        let all = train.features.compactMap(\.minimum) + train.features.compactMap(\.maximum)
        let labels = samples.values.map(\.labels)
        if names.isEmpty { names = train.labels.words }
        let areNamed = format == .images ? isClassification != false : !names.isEmpty
        if areNamed, isClassification == false {
            throw Failure(
                .usage,
                "The labels are words (\(names.prefix(5).map(\.printable).joined(separator: ", "))), and --task regression needs numbers."
            )
        }
        let task =
            areNamed
            ? Task.classification(
                classes: format == .images ? try Self.classes(names, parts[0].part.path) : names.count)
            : try Task(labels, isClassification, train)
        self.init(
            samples: samples, train: train, task: task,
            classNames: names, range: (all.min() ?? 0)...(all.max() ?? 1),
            areWhole: train.features.allSatisfy(\.isWhole), isTable: format == .csv,
            remarks: format == .images ? [] : task.remarks(on: train.labels))
    }

    /// Folders are classes, however many there are.
    private static func classes(_ names: [String], _ path: String) throws(Failure) -> Int {
        guard names.count > 1 else {
            let only = names.first.map { " (\($0.printable))" } ?? ""
            throw Failure(
                .badInput,
                "\(path): there is one folder in it\(only), and a folder is a class, of which there must be two to tell apart."
            )
        }
        return names.count
    }
}

extension DataName.Role {
    fileprivate var verb: String { self == .train ? "train on" : self == .test ? "test on" : "validate on" }
}

extension FoundData.Task {
    /// Whole numbers from 0 on, of which each comes often, are classes.
    fileprivate init(
        _ labels: [DataDescription.Values], _ wanted: Bool?, _ train: FoundData.Samples
    ) throws(Failure) {
        let outputs = train.labels.shape.dropFirst().reduce(1, *)
        let highest = labels.compactMap(\.maximum).max() ?? 0
        let canBe =
            labels.allSatisfy { $0.isWhole && ($0.minimum ?? -1) >= 0 } && outputs == 1 && highest < 1000
        let distinct = train.labels.distinct ?? .max
        let seems = canBe && distinct >= 2 && (distinct <= 20 || distinct <= train.count / 20)
        if wanted == true, !canBe {
            let range =
                outputs == 1
                ? "go from \(Number.short(labels.compactMap(\.minimum).min() ?? 0)) to \(Number.short(highest))"
                : "are \(outputs) numbers a sample"
            throw Failure(
                .badInput,
                "The labels \(range), and classes are one whole number each, from 0 to 999; write them so, or take --task regression."
            )
        }
        self =
            wanted ?? seems
            ? .classification(classes: max(2, Int(highest) + 1)) : .regression(outputs: outputs)
    }
}
