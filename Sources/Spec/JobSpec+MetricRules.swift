extension JobSpec {
    /// What is wrong with the metrics that the job asks for.
    ///
    /// - Parameters:
    ///   - output: The shape of the model's output for one sample.
    ///   - columns: Labels or target values of a training sample; nil for what the spec says of them.
    /// - Returns: The problems by their keys.
    package func metricProblems(output: [Int], columns: Int? = nil) -> [SpecError] {
        let columns = columns ?? labelColumns(output: output)
        var problems: [SpecError] = []
        let path = DocumentPath.root.appending("metrics")
        for (index, metric) in (metrics ?? []).enumerated() {
            let problem =
                (metrics ?? []).prefix(index).contains(metric)
                ? "`\(metric.name)` is there twice; once is enough"
                : problem(with: metric, output: output, columns: columns)
            if let problem { problems.append(SpecError(key: path.appending(index).description, problem)) }
        }
        for (key, name) in usedCurves {
            if let problem = problem(withCurve: name, output: output, columns: columns) {
                problems.append(SpecError(key: key, problem))
            }
        }
        return problems
    }

    /// The training curves that something depends on, by the keys that name them.
    private var usedCurves: [(key: String, name: String)] {
        let plateau: PlateauSpec? = if case .reduceOnPlateau(let spec) = schedule.curve { spec } else { nil }
        return [
            ("schedule.reduce_on_plateau.metric", plateau?.watched.metric),
            ("training.early_stopping.metric", training.earlyStopping?.watched.metric),
            ("checkpoint.keep_best.metric", checkpoint.keepBest?.metric),
        ].compactMap { key, name in name.map { (key, $0) } }
    }

    func problem(with metric: MetricSpec, output: [Int], columns: Int) -> String? {
        guard let kind = targetKind(columns: columns, output: output) else { return nil }
        let classes = kind == .binary ? 2 : output.last ?? 1
        switch metric {
        case .mae, .rmse, .r2:
            if kind == .numbers { return nil }
            return "`\(metric.name)` needs targets that are numbers, as `mean_squared_error` takes them; "
                + "this job has the loss `\(loss.name)`"
        case .accuracy, .topKAccuracy, .precision, .recall, .f1, .auc, .confusionMatrix:
            guard kind == .classes || kind == .binary else {
                return
                    "`\(metric.name)` needs targets that are classes, as `softmax_cross_entropy` takes them; "
                    + "this job has the loss `\(loss.name)` with \(outputs(output, columns))"
            }
        }
        switch metric {
        case .topKAccuracy where kind == .binary:
            return "`\(metric.name)` needs an output for each class, and `\(loss.name)` has one for both; "
                + "take `accuracy`"
        case .topKAccuracy(let k) where k > classes:
            return "`\(metric.name)` needs at least \(k) classes; the model has \(classes)"
        case .auc where classes != 2:
            return "`auc` needs two classes; the model has \(classes)"
        case .confusionMatrix where classes > MetricSpec.largestConfusionMatrix:
            return "a confusion matrix has at most \(MetricSpec.largestConfusionMatrix) classes; "
                + "the model has \(classes)"
        default: return nil
        }
    }

    private func outputs(_ output: [Int], _ columns: Int) -> String {
        let count = output.reduce(1, *)
        return "\(count) \(count == 1 ? "output" : "outputs") and \(columns) label "
            + (columns == 1 ? "column" : "columns")
    }

    /// Whether this job has a training curve of that name.
    ///
    /// - Parameters:
    ///   - name: `loss`, `val_loss`, `val_f1`, …
    ///   - output: The shape of the model's output for one sample.
    ///   - columns: Labels or target values of a training sample.
    /// - Returns: What is wrong with the name; nil for a good one.
    func problem(withCurve name: String, output: [Int], columns: Int) -> String? {
        let metrics = metrics(columns: columns, output: output).filter(\.isNumber)
        let curves =
            ["loss"] + (metrics.contains(.accuracy) ? ["accuracy"] : [])
            + ["val_loss"] + metrics.map { "val_" + $0.name }
        guard curves.contains(name) else {
            let vocabulary = Vocabulary(noun: Noun("metric", "metrics"), words: curves, unavailable: [])
            return vocabulary.problem(with: name)
        }
        if name.hasPrefix("val_"), data.validation == nil {
            return "`\(name)` needs `data.validation`, which the job does not have"
        }
        return nil
    }
}

extension MetricSpec {
    /// The most classes that a confusion matrix is made of: a million counts in an answer are enough.
    static let largestConfusionMatrix = 1000
}
