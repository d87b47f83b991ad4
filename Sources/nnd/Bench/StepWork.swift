package import Spec
package import Tensor

/// What a training step multiplies at least: the products of all layers, forward, for the weights' gradients and for
/// those of the inputs, without the gradient of what was read.
package struct StepWork: Sendable, Equatable {
    /// In the order in which a sample passes them.
    package let layers: [LayerWork]

    /// Nil for a model with a layer whose products are not counted, or without any.
    package init?(_ model: ModelSpec) throws(SpecError) {
        let shapes = try model.shapes()
        var layers: [LayerWork] = []
        // A layer's shapes stand before those of the layers inside it.
        var rows = shapes.layers[...]
        var isAnyTrained = false
        func pass(_ specs: [LayerSpec], isFrozen: Bool) -> Bool {
            for spec in specs {
                guard let row = rows.popFirst() else { return false }
                let isFrozen = isFrozen || spec.isFrozen
                guard
                    let work = LayerWork(
                        spec.kind, row, isTrained: !isFrozen, isInputTrained: isAnyTrained)
                else { return false }
                layers.append(work)
                guard pass(spec.kind.inner, isFrozen: isFrozen) else { return false }
                let prefix = row.name + "."
                if shapes.parameters.contains(where: { !$0.isFrozen && $0.name.hasPrefix(prefix) }) {
                    isAnyTrained = true
                }
            }
            return true
        }
        guard pass(model.layers, isFrozen: false), layers.contains(where: { $0.forward > 0 }) else {
            return nil
        }
        self.layers = layers
    }

    /// Multiply-adds a sample.
    package var multiplyAdds: Double { layers.reduce(0) { $0 + $1.multiplyAdds } }

    /// The products of a step over `rows` samples, if all layers that multiply are dense.
    package func products(rows: Int) -> ProductPlan? {
        let multiplying = layers.filter { $0.forward > 0 }
        let dense = multiplying.compactMap(\.dense)
        guard dense.count == multiplying.count else { return nil }
        var plan = ProductPlan()
        // Behind the forward pass in reverse, as a backward pass goes.
        var backward: [(inout ProductPlan) -> Void] = []
        var last: (values: Int, gradient: Int, size: Int)?
        for (layer, work) in zip(dense, multiplying) {
            let (m, k, n) = (rows * layer.positions, layer.inputs, layer.outputs)
            // What one layer puts out the next one takes.
            let source =
                if let last, last.size == m * k { last } else {
                    (values: plan.matrix(m, k), gradient: plan.matrix(m, k), size: m * k)
                }
            let (weight, weightGradient) = (plan.matrix(k, n), plan.matrix(k, n))
            let target = (values: plan.matrix(m, n), gradient: plan.matrix(m, n), size: m * n)
            plan.multiply(source.values, weight, into: target.values, m: m, n: n, k: k)
            backward.append { plan in
                if work.weights > 0 {
                    plan.multiply(
                        source.values, target.gradient, into: weightGradient, m: k, n: n, k: m,
                        transposesA: true)
                }
                if work.input > 0 {
                    plan.multiply(
                        target.gradient, weight, into: source.gradient, m: m, n: k, k: n, transposesB: true)
                }
            }
            last = target
        }
        for products in backward.reversed() { products(&plan) }
        return plan
    }
}
