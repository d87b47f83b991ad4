extension Attention: PyTorchLayer {
    /// As three `nn.Linear`; there is no module for one head without a projection after it.
    func tensors(_ places: TensorPlaces) -> [StoredTensor] {
        [query, key, value].flatMap { $0.tensors(places) }
    }
}

extension MultiHeadAttention: PyTorchLayer {
    func tensors(_ places: TensorPlaces) -> [StoredTensor] {
        tensors(places, as: query.weight.name.dropLast("query.weight".count), isBiased: query.bias != nil)
    }

    /// As `nn.MultiheadAttention` has it: one matrix for queries, keys and values, one below the other
    /// (https://docs.pytorch.org/docs/stable/generated/torch.nn.MultiheadAttention.html).
    ///
    /// - Parameters:
    ///   - places: Where the parameters lie.
    ///   - scope: What the tensors are called after, with the dot at its end.
    ///   - isBiased: Whether there are biases.
    /// - Returns: The tensors.
    func tensors(_ places: TensorPlaces, as scope: Substring, isBiased: Bool) -> [StoredTensor] {
        let features = output.weight.shape[1]
        let weights = [query, key, value].map { places.transposed($0.weight) }
        let tensors = [
            StoredTensor("\(scope)in_proj_weight", [3 * features, features], weights),
            places.transposed(output.weight, as: "\(scope)out_proj.weight"),
        ]
        guard isBiased else { return tensors }
        func bias(_ part: Dense, hasEffect: Bool = true) -> StoredTensor.Part {
            part.bias.map { .same(places[$0.name]) } ?? .absent(features, hasEffect: hasEffect)
        }
        // No softmax sees a bias of the keys.
        let parts = [bias(query), bias(key, hasEffect: false), bias(value)]
        return tensors + [
            StoredTensor("\(scope)in_proj_bias", [3 * features], parts),
            StoredTensor("\(scope)out_proj.bias", [features], [bias(output)]),
        ]
    }
}

extension TransformerEncoder: PyTorchLayer {
    /// As `nn.TransformerEncoder` has them; here attention has no biases
    /// (https://docs.pytorch.org/docs/stable/generated/torch.nn.TransformerEncoderLayer.html).
    func tensors(_ places: TensorPlaces) -> [StoredTensor] {
        guard let first = blocks.first else { return [] }
        // `NAME.`
        let scope = first.hidden.weight.name.dropLast("0.feed_forward.hidden.weight".count)
        func named(_ layer: any Layer, _ module: String) -> [StoredTensor] {
            layer.parameters.map { parameter in
                let kind = parameter.name.split(separator: ".").last ?? ""
                let name = "\(scope)\(module).\(kind)"
                return parameter.shape.count == 2
                    ? places.transposed(parameter, as: name) : places.same(parameter, as: name)
            }
        }
        let tensors = blocks.enumerated().flatMap { index, block in
            let module = "layers.\(index)"
            return block.attention.tensors(places, as: "\(scope)\(module).self_attn."[...], isBiased: true)
                + named(block.hidden, "\(module).linear1") + named(block.output, "\(module).linear2")
                + named(block.attentionNorm, "\(module).norm1")
                + named(block.feedForwardNorm, "\(module).norm2")
        }
        return tensors + (norm.map { named($0, "norm") } ?? [])
    }
}
