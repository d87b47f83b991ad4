extension JobSpec {
    /// What does not fit between the loss, the model's output, of this shape for one sample, and the columns of
    /// labels.
    func lossProblems(output: [Int]) -> [SpecError] {
        guard loss.isOverClasses else { return numberProblems(output: output) }
        let path = DocumentPath.root
        guard output.count <= 2, let classes = output.last else {
            let problem =
                "the output must be a vector, or [positions, classes], for `\(loss.name)` and has the shape "
                + "\(output); end with `flatten`"
            return [SpecError(key: path.appending("model").appending("layers").description, problem)]
        }
        guard classes >= 2 else {
            let problem =
                "`\(loss.name)` needs at least 2 outputs, one a class; the model has \(classes)"
                + (loss == .klDivergence
                    ? "" : "; for two classes and one output take `binary_cross_entropy`")
            return [SpecError(key: "loss", problem)]
        }
        return weightProblems(classes: classes) + columnProblems(output: output)
    }

    private func weightProblems(classes: Int) -> [SpecError] {
        guard case .softmaxCrossEntropy(_, let weights?) = loss else { return [] }
        let key = "loss.softmax_cross_entropy.class_weights"
        if weights.count != classes {
            return [
                SpecError(
                    key: key, "expected one weight a class, \(classes) by the model, found \(weights.count)")
            ]
        }
        if !weights.contains(where: { $0 > 0 }) {
            return [SpecError(key: key, "expected at least one weight above 0, found only zeros")]
        }
        return []
    }

    /// Where each output has a target of its own, there are as many columns as outputs.
    private func numberProblems(output: [Int]) -> [SpecError] {
        let outputs = output.reduce(1, *)
        return data.sources.compactMap { key, source in
            guard let found = source.labelColumns, found != outputs else { return nil }
            return SpecError(
                key: "data.\(key).\(source.labelsKey)",
                "`\(loss.name)` with an output of the shape \(output) takes \(outputs) "
                    + (outputs == 1 ? "column" : "columns") + " of numbers; found \(found)")
        }
    }

    private func columnProblems(output: [Int]) -> [SpecError] {
        data.sources.compactMap { key, source in
            guard let found = source.labelColumns, targetKind(columns: found, output: output) == nil else {
                return nil
            }
            return SpecError(
                key: "data.\(key).\(source.labelsKey)",
                "`\(loss.name)` with an output of the shape \(output) takes \(columns(output: output)); found "
                    + "\(found)" + ending(output: output, columns: found))
        }
    }

    /// What would make one output a sample of a sequence's, where there is one label a sample.
    private func ending(output: [Int], columns: Int) -> String {
        guard output.count == 2, columns == 1 else { return "" }
        return "; for one label a sample end the model with `last_step`, `average_steps` or `flatten`"
    }

    /// Which columns of labels the loss takes, in words.
    private func columns(output: [Int]) -> String {
        let outputs = output.reduce(1, *)
        let indices = output.count == 1 ? "one column" : "\(output[0]) columns"
        return switch loss {
        case .klDivergence: "\(outputs) columns of probabilities"
        case .negativeLogLikelihood: "\(indices) of class indices"
        default: "\(indices) of class indices or \(outputs) columns of soft targets"
        }
    }
}

extension SourceSpec {
    /// Where a job file names the labels, below the source.
    fileprivate var labelsKey: String {
        switch self {
        case .idx: "idx.labels"
        case .csv: "csv.label"
        case .npy: "npy.labels"
        case .npz: "npz.labels"
        case .images: "images.directory"
        }
    }
}

extension DataSpec {
    /// Every source of samples with its key.
    var sources: [(key: String, source: SourceSpec)] {
        var sources = [("train", train)]
        if case .source(let source) = validation { sources.append(("validation", source)) }
        if let test { sources.append(("test", test)) }
        return sources
    }

    /// What is wrong with the columns of labels, whatever the loss.
    func columnProblems() -> [SpecError] {
        sources.flatMap { key, source -> [SpecError] in
            guard case .csv(let table) = source else { return [] }
            let key = "data.\(key).csv.label"
            var problems: [SpecError] = []
            if !table.header, let name = table.labels.first(where: { UInt($0) == nil }) {
                problems.append(
                    SpecError(
                        key: key,
                        "without a header the label is a column's index, counted from 0; found "
                            + "\"\(name.excerpt)\""))
            }
            if let twice = table.labels.indices.first(where: {
                table.labels[..<$0].contains(table.labels[$0])
            }) {
                problems.append(
                    SpecError(key: key, "the column \"\(table.labels[twice].excerpt)\" is there twice"))
            }
            if let wanted = train.labelColumns, table.labels.count != wanted {
                problems.append(
                    SpecError(
                        key: key,
                        "expected as many columns as `data.train` has, \(wanted), found "
                            + "\(table.labels.count)"))
            }
            return problems
        }
    }
}
