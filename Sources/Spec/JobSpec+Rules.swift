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
        data.columnProblems() + modelProblems + shardProblems + clippingProblems + clusterProblems
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
        if shapes.parameters.allSatisfy(\.isFrozen) {
            return names + [
                SpecError(
                    key: path.description, "there is nothing to train; all layers with parameters are frozen")
            ]
        }
        return names + data.imageProblems(input: model.input) + lossProblems(output: shapes.output)
            + metricProblems(output: shapes.output)
    }

    private var shardProblems: [SpecError] {
        guard let shards = training.shards, shards > training.batchSize else { return [] }
        let problem =
            "expected at most one shard a sample, \(training.batchSize) by `batch_size`, found \(shards)"
        return [SpecError(key: "training.shards", problem)]
    }

    private var clippingProblems: [SpecError] {
        guard training.clipNorm != nil, training.clipValue != nil else { return [] }
        let problem = "expected at most one of `clip_norm` and `clip_value`, found both"
        return [SpecError(key: "training.clip_value", problem)]
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
