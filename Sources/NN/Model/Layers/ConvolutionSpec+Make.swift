import Spec
import Tensor

extension ConvolutionSpec {
    func layer(_ shape: ModelShapes.Layer) -> Convolution {
        let (channels, area) = (shape.input[0], kernel.reduce(1, *))
        let padding: Convolution.Padding =
            switch self.padding {
            case .zeros(let zeros): .zeros(zeros)
            case .same: .same
            }
        return Convolution(
            name: shape.name, channels: channels, filters: filters, kernel: kernel, stride: stride,
            padding: padding, dilation: dilation, groups: groups, activation: Activation(activation),
            initializer: Initializer(
                initializer, fanIn: channels / groups * area, fanOut: filters / groups * area),
            hasBias: bias)
    }
}

extension ConvTranspose2DSpec {
    func layer(_ shape: ModelShapes.Layer) -> ConvTranspose2D {
        let (channels, area) = (shape.input[0], kernel.reduce(1, *))
        return ConvTranspose2D(
            name: shape.name, channels: channels, filters: filters, kernel: kernel, stride: stride,
            padding: padding, outputPadding: outputPadding, groups: groups,
            activation: Activation(activation),
            initializer: Initializer(
                initializer, fanIn: channels / groups * area, fanOut: filters / groups * area),
            hasBias: bias)
    }
}
