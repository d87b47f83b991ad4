import Control

extension FoundData.Samples {
    /// Names of the columns that labels usually have; the first of these that there is.
    private static let usualLabels = [
        "label", "labels", "class", "classes", "target", "targets", "y", "species", "quality", "outcome",
        "category",
        "diagnosis", "response",
    ]

    /// A table, whose label is in the column that is named, else in one of a usual name, else in the last one, unless that cannot
    /// be one and the first one seems to be.
    init(table path: String, _ table: DataDescription, label: String?) throws(Failure) {
        let columns = table.arrays
        let index: Int
        var isGuess = false
        if let label {
            guard
                let found = columns.firstIndex(where: { $0.name == label })
                    ?? Int(label).flatMap({ columns.indices.contains($0) ? $0 : nil })
            else {
                let names = columns.prefix(20).map(\.name.printable).joined(separator: ", ")
                throw Failure(.usage, "\(path): there is no column \(label.printable); there are \(names).")
            }
            index = found
        } else {
            let named = Self.usualLabels.compactMap { name in
                table.header ? columns.firstIndex { $0.name.lowercased() == name } : nil
            }.first
            isGuess = named == nil
            let last = columns.count - 1
            index =
                named ?? (Self.seemsClasses(columns[0]) && !Self.mayBeTarget(columns[last]) ? 0 : last)
        }
        for (place, column) in columns.enumerated() {
            guard let problem = column.problem, place != index || column.words.count < 2 else { continue }
            throw Failure(
                .badInput,
                "\(path): column \(column.name.isEmpty ? "without a name" : column.name.printable): \(problem.printable); only numbers are trained on, so write a number for each word, or leave the column out."
            )
        }
        let name = columns[index].name
        let isUnique = table.header && columns.count { $0.name == name } == 1
        self.init(
            kind: "csv",
            keys: [
                .init(name: "path", value: path, isPath: true),
                .init(name: "label", value: (isUnique ? name : "\(index)").yamlString),
                .init(name: "header", value: table.header ? "true" : "false"),
            ], count: columns[0].shape[0], shape: [columns.count - 1],
            features: columns.indices.filter { $0 != index }.map { columns[$0] }, labels: columns[index],
            isGuess: isGuess)
    }

    private static func seemsClasses(_ column: DataDescription.Values) -> Bool {
        column.isWhole && (column.minimum ?? -1) >= 0 && (2...100).contains(column.distinct ?? .max)
    }

    /// Nobody wants to be told what is always the same, such as the last pixel of a digit.
    private static func mayBeTarget(_ column: DataDescription.Values) -> Bool {
        (column.distinct ?? .max) > 1
    }

    /// Two files, of which one holds the labels: what its name says, else the one of one axis.
    init(
        pair: [(part: DataFiles.Part, description: DataDescription)], kind: String, features key: String
    ) throws(Failure) {
        let files = pair.compactMap { file in file.description.arrays.first.map { (file.part.path, $0) } }
        let (labels, others) = try Self.told(files, kind.uppercased())
        self.init(
            kind: kind,
            keys: [
                .init(name: key, value: others.name, isPath: true),
                .init(name: "labels", value: labels.name, isPath: true),
            ], others.values, labels.values)
    }

    /// The arrays of an archive, by their roles.
    static func archive(
        _ part: DataFiles.Part, _ archive: DataDescription
    ) throws(Failure) -> [DataName.Role: FoundData.Samples] {
        var samples: [DataName.Role: FoundData.Samples] = [:]
        let roles = Dictionary(grouping: archive.arrays) { DataName($0.name).role }
        for (role, arrays) in roles {
            let (labels, features) = try told(arrays.map { ($0.name, $0) }, "\(part.path): NPZ")
            // An archive with no roles in it has that of its name.
            samples[roles.count == 1 ? part.role : role] = Self(
                kind: "npz",
                keys: [
                    .init(name: "path", value: part.path, isPath: true),
                    .init(name: "features", value: features.name.yamlString),
                    .init(name: "labels", value: labels.name.yamlString),
                ], features.values, labels.values)
        }
        return samples
    }

    /// A folder of pictures in the size that most have, but of 8 to 64 pixels on a side.
    init(pictures path: String, _ folder: DataDescription) throws(Failure) {
        guard let pictures = folder.arrays.first, pictures.shape.count == 4 else {
            throw Failure(.badInput, "\(path): there are no pictures in it.")
        }
        let own = Array(pictures.shape.suffix(2))
        let size = own.map { min(64, max(8, $0)) }
        let classes = Double(max(0, folder.classes.count - 1))
        self.init(
            kind: "images",
            keys: [
                .init(name: "directory", value: path, isPath: true), .init(name: "size", value: "\(size)"),
                .init(name: "channels", value: "\(pictures.shape[1])"),
            ], count: pictures.shape[0], shape: [pictures.shape[1]] + size, features: [pictures],
            labels: .init(
                name: "", shape: [pictures.shape[0]], minimum: 0, maximum: classes, isWhole: true,
                distinct: folder.classes.count),
            resizedFrom: size == own ? nil : own)
    }

    /// Gives pictures the size and the channels that others have.
    mutating func resize(like other: Self) {
        shape = other.shape
        for index in keys.indices where !keys[index].isPath {
            keys[index] = other.keys.first { $0.name == keys[index].name } ?? keys[index]
        }
    }

    private init(
        kind: String, keys: [FoundData.Key], _ features: DataDescription.Values,
        _ labels: DataDescription.Values
    ) {
        let shape = features.shape.count > 1 ? Array(features.shape.dropFirst()) : [1]
        self.init(
            kind: kind, keys: keys, count: features.shape.first ?? 0, shape: shape, features: [features],
            labels: labels)
    }

    private typealias Named = (name: String, values: DataDescription.Values)

    /// Which of two arrays are the labels.
    private static func told(_ arrays: [Named], _ what: String) throws(Failure) -> (
        labels: Named, features: Named
    ) {
        guard arrays.count == 2 else {
            let names = arrays.map(\.name.printable).joined(separator: ", ")
            throw Failure(
                .badInput,
                "\(what): samples and their labels are two, and found were \(arrays.count) (\(names)); name both, such as x_train and y_train."
            )
        }
        let says = arrays.map { DataName(DataFiles.lastName($0.name)).areLabels }
        if says[1] == true || says[0] == false { return (arrays[1], arrays[0]) }
        if says[0] == true || says[1] == false { return (arrays[0], arrays[1]) }
        let isFirst = arrays[0].values.shape.reduce(1, *) < arrays[1].values.shape.reduce(1, *)
        return isFirst ? (arrays[0], arrays[1]) : (arrays[1], arrays[0])
    }
}

extension String {
    /// As YAML's flow style has it: quoted unless it is a plain word that is no number and no other value.
    var yamlString: String {
        let isPlain =
            !isEmpty
            && unicodeScalars.allSatisfy { scalar in
                scalar.isASCII
                    && (scalar.properties.isAlphabetic || ("0"..."9") ~= scalar
                        || "._/-".unicodeScalars.contains(scalar))
            }
        let isWord = unicodeScalars.first.map { $0.properties.isAlphabetic || $0 == "/" } ?? false
        let isValue = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"].contains(lowercased())
        if isPlain, isWord, !isValue { return self }
        let escaped = unicodeScalars.map { scalar in
            switch scalar {
            case "\"": "\\\""
            case "\\": "\\\\"
            // Control characters, and those that end a line of YAML, whatever they look like.
            case "\u{00}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{2028}", "\u{2029}", "\u{FEFF}":
                "\\u" + String(repeating: "0", count: 4 - hexadecimal(scalar).count) + hexadecimal(scalar)
            default: String(scalar)
            }
        }
        return "\"" + escaped.joined() + "\""
    }

    private func hexadecimal(_ scalar: UnicodeScalar) -> String { String(scalar.value, radix: 16) }
}
