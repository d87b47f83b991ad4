public import Tensor

/// Gives each sample another shape with as many values, in the same order.
public struct Reshape: Layer {
    /// The shape that comes out, without the batch axis.
    public let shape: [Int]

    /// A layer that makes samples of this shape.
    public init(_ shape: [Int]) {
        self.shape = shape
    }

    public func forward(_ x: Tensor, _ context: ForwardContext) -> Tensor {
        x.reshaped(Tensor.Shape([x.shape[0]] + shape))
    }
}

/// Puts the axes of each sample in another order.
public struct Permute: Layer {
    /// Axis i of the output is axis `axes[i]` of the input, counted from 0 without the batch axis.
    public let axes: [Int]

    /// A layer that puts the axes in this order.
    public init(_ axes: [Int]) {
        self.axes = axes
    }

    public func forward(_ x: Tensor, _ context: ForwardContext) -> Tensor {
        x.permuted([0] + axes.map { $0 + 1 })
    }
}
