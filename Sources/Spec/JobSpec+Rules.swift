extension JobSpec {
    /// Holds a job that was made in code to the rules that a file is held to.
    ///
    /// - Throws: What is wrong, by its key.
    public func validate() throws(SpecError) {
        do throws(SpecError) {
            _ = try JobSpec(yaml: canonicalJSON)
        } catch {
            // A line of the canonical JSON says nothing to who wrote code.
            throw SpecError(key: error.key, error.problem)
        }
    }

    /// What is wrong between the parts of a job, each of which is right by itself.
    var problems: [SpecError] {
        let root = DocumentPath.root
        return data.problems(at: root.appending("data")) + modelProblems + shardProblems + metricProblems
    }

    private var modelProblems: [SpecError] {
        let path = DocumentPath.root.appending("model").appending("layers")
        let names = model.layers.nameProblems(at: path)
        let shapes: ModelShapes
        do throws(SpecError) { shapes = try model.shapes() } catch { return names + [error] }
        if shapes.parameters.isEmpty {
            return names + [
                SpecError(key: path.description, "there is nothing to train; add a `dense` layer")
            ]
        }
        if model.layers.allSatisfy(\.isFrozen) {
            return names + [
                SpecError(key: path.description, "there is nothing to train; all layers are frozen")
            ]
        }
        guard shapes.output.count == 1, let outputs = shapes.output.first else {
            let ends = shapes.output.count == 2 ? "`last_step`, `average_steps` or `flatten`" : "`flatten`"
            let problem = "the output must be a vector and has the shape \(shapes.output); end with \(ends)"
            return names + [SpecError(key: path.description, problem)]
        }
        if loss == .softmaxCrossEntropy, outputs < 2 {
            let problem =
                "`softmax_cross_entropy` needs at least 2 outputs, one a class; the model has \(outputs)"
            return names + [SpecError(key: "loss", problem)]
        }
        return names
    }

    private var shardProblems: [SpecError] {
        guard let shards = training.shards, shards > training.batchSize else { return [] }
        let problem =
            "expected at most one shard a sample, \(training.batchSize) by `batch_size`, found \(shards)"
        return [SpecError(key: "training.shards", problem)]
    }

    private var metricProblems: [SpecError] {
        guard let metric = checkpoint.keepBest?.metric else { return [] }
        let key = "checkpoint.keep_best.metric"
        if metric.hasPrefix("val_"), data.validation == nil {
            return [SpecError(key: key, "`\(metric)` needs `data.validation`, which the job does not have")]
        }
        if metric.hasSuffix("accuracy"), loss != .softmaxCrossEntropy {
            let problem =
                "`\(metric)` needs the loss `softmax_cross_entropy`; this job has `\(loss.rawValue)`"
            return [SpecError(key: key, problem)]
        }
        return []
    }
}

extension DataSpec {
    fileprivate func problems(at path: DocumentPath) -> [SpecError] {
        let validationSource: SourceSpec? = if case .source(let source) = validation { source } else { nil }
        let sources = [("train", train), ("validation", validationSource), ("test", test)]
        return sources.compactMap { key, source in
            guard case .csv(let csv) = source, !csv.header, UInt(csv.label) == nil else { return nil }
            return SpecError(
                key: path.appending(key).appending("csv").appending("label").description,
                "without a header the label is a column's index, counted from 0; found "
                    + "\"\(csv.label.excerpt)\""
            )
        }
    }
}

extension [LayerSpec] {
    fileprivate func nameProblems(at path: DocumentPath) -> [SpecError] {
        var problems: [SpecError] = []
        var owners: [String: Int] = [:]
        for (index, layer) in enumerated() {
            let place = path.appending(index)
            let name = layer.name(at: index)
            if name.utf8.allSatisfy(\.isDigit), name != String(index) {
                problems.append(
                    SpecError(
                        key: place.appending("name").description,
                        "digits stand for a layer's index, which is \(index) here; found `\(name)`"))
            } else if let owner = owners.updateValue(index, forKey: name) {
                problems.append(
                    SpecError(
                        key: place.appending("name").description,
                        "expected a name of its own; layer \(owner) is called `\(name)` too"))
            }
            let (key, inner) = layer.kind.value.inner
            let kind = place.appending(layer.kind.keyword)
            problems += inner.nameProblems(at: key.map { kind.appending($0) } ?? kind)
        }
        return problems
    }
}
