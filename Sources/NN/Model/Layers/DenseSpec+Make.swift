import Spec
import Tensor

extension DenseSpec {
    func layer(_ shape: ModelShapes.Layer) -> Dense {
        let inputs = shape.input.last ?? 0
        return Dense(
            name: shape.name, inputs: inputs, outputs: units, activation: Activation(activation),
            initializer: Initializer(initializer, fanIn: inputs, fanOut: units), hasBias: bias)
    }
}
