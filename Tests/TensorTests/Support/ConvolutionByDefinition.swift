import Tensor
import Testing

/// A convolution's sizes, and its result and gradients by the definition: one sum in Double for each number.
struct ConvolutionByDefinition: Sendable, CustomTestStringConvertible {
    let x: [Int]
    let weight: [Int]
    var stride = (1, 1)
    var padding = (0, 0)
    var dilation = (1, 1)
    var groups = 1

    var testDescription: String {
        "\(x) by \(weight), stride \(stride), padding \(padding), dilation \(dilation), groups \(groups)"
    }

    var inputs: (x: Tensor, weight: Tensor, bias: Tensor) {
        (.wave(Tensor.Shape(x)), .wave(Tensor.Shape(weight), phase: 1), .wave([weight[0]], phase: 2))
    }

    func convolve(_ x: Tensor, _ weight: Tensor, _ bias: Tensor?, _ activation: Activation = .identity)
        -> Tensor
    {
        Tensor.conv2d(
            x, weight: weight, bias: bias, stride: stride, padding: padding, dilation: dilation,
            groups: groups,
            activation: activation)
    }

    func convolveAndPool(_ x: Tensor, _ weight: Tensor, _ bias: Tensor?, _ activation: Activation) -> Tensor {
        Tensor.conv2dMaxPool(
            x, weight: weight, bias: bias, stride: stride, padding: padding, dilation: dilation,
            groups: groups,
            activation: activation)
    }

    /// The result and, for an upstream gradient, those of x, weight and bias.
    func evaluate(
        upstream: ([Int]) -> [Float]
    ) -> (y: [Double], upstream: [Float], gradients: [[Double]]) {
        let inputs = inputs
        let (image, kernel, bias) = (inputs.x.values, inputs.weight.values, inputs.bias.values)
        let rows = (x[2] + 2 * padding.0 - dilation.0 * (weight[2] - 1) - 1) / stride.0 + 1
        let columns = (x[3] + 2 * padding.1 - dilation.1 * (weight[3] - 1) - 1) / stride.1 + 1
        let seed = upstream([x[0], weight[0], rows, columns])
        var y = [Double](repeating: 0, count: seed.count)
        var (dx, dw) = (
            [Double](repeating: 0, count: image.count), [Double](repeating: 0, count: kernel.count)
        )
        var db = [Double](repeating: 0, count: bias.count)
        var out = 0
        for sample in 0..<x[0] {
            for filter in 0..<weight[0] {
                let first = filter / (weight[0] / groups) * weight[1]
                for row in 0..<rows {
                    for column in 0..<columns {
                        let above = Double(seed[out])
                        var sum = Double(bias[filter])
                        var at = filter * weight[1] * weight[2] * weight[3]
                        for channel in 0..<weight[1] {
                            for v in 0..<weight[2] {
                                for u in 0..<weight[3] {
                                    let i = row * stride.0 - padding.0 + v * dilation.0
                                    let j = column * stride.1 - padding.1 + u * dilation.1
                                    if i >= 0 && i < x[2] && j >= 0 && j < x[3] {
                                        let cell = ((sample * x[1] + first + channel) * x[2] + i) * x[3] + j
                                        sum += Double(image[cell]) * Double(kernel[at])
                                        dx[cell] += above * Double(kernel[at])
                                        dw[at] += above * Double(image[cell])
                                    }
                                    at += 1
                                }
                            }
                        }
                        y[out] = sum
                        db[filter] += above
                        out += 1
                    }
                }
            }
        }
        return (y, seed, [dx, dw, db])
    }

    /// Each way through the kernels: tiles of all widths, one pixel, channels and filters that fill no vector, runs of
    /// neighbouring cells of all lengths, strides, dilation, groups.
    static let all: [ConvolutionByDefinition] = [
        Self(x: [3, 1, 28, 28], weight: [32, 1, 3, 3], padding: (1, 1)),
        Self(x: [2, 32, 14, 14], weight: [64, 32, 3, 3], padding: (1, 1)),
        Self(x: [1, 3, 1, 1], weight: [17, 3, 3, 3], padding: (1, 1)),
        Self(x: [1, 1, 2, 1], weight: [16, 1, 2, 1]),
        Self(x: [1, 17, 5, 31], weight: [33, 17, 3, 3], padding: (1, 1)),
        Self(x: [2, 4, 6, 15], weight: [50, 4, 2, 2]),
        Self(x: [1, 5, 9, 8], weight: [40, 5, 4, 4], padding: (2, 1)),
        Self(x: [1, 9, 10, 13], weight: [24, 9, 5, 5], padding: (2, 2)),
        Self(x: [1, 3, 8, 9], weight: [9, 3, 6, 6]),
        Self(x: [1, 10, 9, 12], weight: [20, 10, 7, 7], padding: (3, 3)),
        Self(x: [1, 2, 4, 14], weight: [8, 2, 1, 9], padding: (0, 4)),
        Self(x: [2, 6, 9, 11], weight: [18, 6, 3, 3], stride: (2, 2), padding: (1, 1)),
        Self(x: [1, 9, 12, 13], weight: [16, 9, 3, 2], stride: (3, 2), padding: (2, 1), dilation: (2, 1)),
        Self(x: [1, 8, 9, 9], weight: [16, 8, 3, 3], padding: (2, 2), dilation: (2, 2)),
        Self(x: [1, 8, 11, 10], weight: [9, 8, 2, 3], stride: (2, 3), padding: (1, 2), dilation: (3, 2)),
        Self(x: [1, 8, 7, 9], weight: [12, 8, 2, 2], stride: (3, 4)),
        Self(x: [1, 8, 1, 2], weight: [8, 8, 1, 2], stride: (2, 3)),
        Self(x: [2, 16, 6, 7], weight: [32, 8, 3, 3], padding: (1, 1), groups: 2),
        Self(x: [2, 8, 6, 7], weight: [8, 2, 3, 3], padding: (1, 1), groups: 4),
        Self(x: [2, 9, 6, 7], weight: [9, 1, 3, 3], padding: (1, 1), groups: 9),
        Self(x: [2, 8, 5, 6], weight: [16, 8, 1, 1], stride: (2, 2)),
        Self(x: [2, 8, 5, 6], weight: [6, 8, 3, 3], padding: (1, 1)),
        Self(x: [2, 5, 6, 5], weight: [4, 5, 3, 3], padding: (2, 2)),
    ]
}
