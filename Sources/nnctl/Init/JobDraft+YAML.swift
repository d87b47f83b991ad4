import Control

extension JobDraft {
    /// The job file: what was found as a comment, and a reason beside each choice.
    ///
    /// - Parameter path: What a path of the data is written as.
    /// - Returns: YAML.
    func yaml(path: (String) -> String) -> String {
        """
        # Written by `nnctl init`, which found \(found).
        # Every choice here is a start and yours to change; `nnctl spec check` says whether the file is right.
        name: \(name.yamlString)
        seed: 1   # another one gives other random numbers; the same one gives the same weights, bit for bit

        data:   # paths start from this file's folder
        \(sources(path))
          scale: \(scaling.text)   # \(scaling.reason)

        model:
          input: \(input)
          layers:
        \(layers.map { "    - " + $0 }.joined(separator: "\n"))

        \(goal)
        \(optimizer)

        training:
          epochs: \(epochs)
          batch_size: \(batchSize)   # for the gradient of each step, however many workers there are
          # early_stopping: {metric: \(bestMetric.name), patience: 5}   # ends when nothing gets better any more

        checkpoint:
          keep_best: {metric: \(bestMetric.name), mode: \(bestMetric.mode)}

        """
    }

    /// `1437 samples of 64 numbers in 10 classes`
    var found: String {
        let shape = data.train.shape.map(String.init).joined(separator: " x ")
        let sample =
            data.train.shape.count == 1 ? String.counted(data.train.shape[0], "number") : shape + " numbers"
        let from = data.train.resizedFrom.map { ", resized from \($0[0]) x \($0[1])," } ?? ""
        let samples = "\(String.counted(data.train.count, "sample")) of \(sample)\(from)"
        switch data.task {
        case .classification(let classes): return "\(samples) in \(classes) classes"
        case .regression(1): return "\(samples) with one target each"
        case .regression(let outputs): return "\(samples) with \(outputs) targets each"
        }
    }

    private func sources(_ path: (String) -> String) -> String {
        var lines: [String] = []
        if let train = data.samples[.train] { lines.append("  train: \(train.yaml(path))") }
        if let validation = data.samples[.validation] {
            lines.append("  validation: \(validation.yaml(path))")
        } else {
            lines.append(
                "  validation: {fraction: \(validationFraction)}   # of the training samples, scored after each epoch"
            )
        }
        if let test = data.samples[.test] {
            lines.append("  test: \(test.yaml(path))   # for `nnctl evaluate \(name) --data test`")
        }
        return lines.joined(separator: "\n")
    }

    private var layers: [String] {
        let end: String
        if let deviation = outputDeviation {
            end =
                "dense: {units: \(outputs), init: {normal: {deviation: \(deviation)}}}   # one output a target, which begins on their scale"
        } else {
            end =
                "dense: {units: \(outputs)}   # "
                + (isClassification ? "one output a class" : "one output a target")
        }
        if hasConvolutions {
            let blocks = filters.flatMap { filters in
                [
                    "conv2d: {filters: \(filters), kernel: 3, padding: same, bias: false}", "batch_norm",
                    "relu", "max_pool2d: {size: 2}",
                ]
            }
            return blocks + ["flatten", "dense: {units: 64, activation: relu}", "dropout: {rate: 0.3}", end]
        }
        let hidden = units.map { "dense: {units: \($0), activation: relu}" }
        let dropout = data.isTable || data.train.count < 500 ? [] : ["dropout: {rate: 0.2}"]
        return [hidden[0]] + dropout + hidden.dropFirst() + [end]
    }

    private var optimizer: String {
        guard learnsFast else {
            return """
                optimizer: {adam: {learning_rate: 0.001}}
                # schedule: {cosine: {warmup_steps: 100}}   # lets the learning rate fall to 0 until the end
                """
        }
        return """
            optimizer: {adam: {learning_rate: 0.01}}
            schedule: {cosine: {warmup_steps: 0}}   # lets the learning rate fall to 0 until the end
            """
    }

    private var goal: String {
        guard isClassification else {
            let labels = data.train.labels
            let range =
                "targets go from \(Number.short(labels.minimum ?? 0)) to \(Number.short(labels.maximum ?? 0))"
            return """
                loss: mean_squared_error   # \(range)
                metrics: [mae, r2]
                """
        }
        let names = data.classNames.prefix(20).enumerated().map { "\($0) \($1.printable)" }.joined(
            separator: ", ")
        return "loss: softmax_cross_entropy" + (names.isEmpty ? "" : "   # classes: \(names)")
    }
}

extension FoundData.Samples {
    func yaml(_ path: (String) -> String) -> String {
        let pairs = keys.map { "\($0.name): \($0.isPath ? path($0.value).yamlString : $0.value)" }
        return "{\(kind): {\(pairs.joined(separator: ", "))}}"
    }
}
