public import Tensor

/// The largest or the average of each channel's values under a window that slides over one or two axes; x is [batch,
/// channels, length] or [batch, channels, height, width]. What is left over at the end is dropped.
public struct Pooling: Layer {
    /// What becomes of several values.
    public enum Reduction: Sendable, Hashable {
        /// The gradient goes to the first of the largest.
        case max
        /// Whether zeros that stand around the input count.
        case average(countingPadding: Bool = true)
    }

    /// What becomes of the values under the window.
    public let reduction: Reduction
    /// The window's size along each axis.
    public let size: [Int]
    /// How far the window moves along each axis.
    public let stride: [Int]
    /// How much stands in front of and behind each axis.
    public let padding: [Int]

    /// - Parameters:
    ///   - reduction: What becomes of the values under the window.
    ///   - size: The window's size along each axis, one or two numbers.
    ///   - stride: How far the window moves along each axis; nil for its size.
    ///   - padding: How much stands in front of and behind each axis; nil for nothing.
    /// - Precondition: there are one or two axes.
    public init(_ reduction: Reduction, size: [Int], stride: [Int]? = nil, padding: [Int]? = nil) {
        require((1...2).contains(size.count), "Pooling: a window of \(size)")
        self.reduction = reduction
        self.size = size
        self.stride = stride ?? size
        self.padding = padding ?? size.map { _ in 0 }
    }

    public func forward(_ x: Tensor, _ context: ForwardContext) -> Tensor {
        if size.count == 1 {
            switch reduction {
            case .max: return x.maxPool1d(kernel: size[0], stride: stride[0], padding: padding[0])
            case .average(let counting):
                return x.averagePool1d(
                    kernel: size[0], stride: stride[0], padding: padding[0], countingPadding: counting)
            }
        }
        let (kernel, stride, padding) = ((size[0], size[1]), (stride[0], stride[1]), (padding[0], padding[1]))
        switch reduction {
        case .max: return x.maxPool2d(kernel: kernel, stride: stride, padding: padding)
        case .average(let counting):
            return x.averagePool2d(
                kernel: kernel, stride: stride, padding: padding, countingPadding: counting)
        }
    }
}

/// The largest or the average of all values of a channel: [batch, channels, …] becomes [batch, channels].
public struct GlobalPooling: Layer {
    /// What becomes of a channel's values.
    public enum Reduction: Sendable, Hashable {
        case max
        case average
    }

    /// What becomes of a channel's values.
    public let reduction: Reduction

    /// A layer for samples with one or more axes behind the channels.
    public init(_ reduction: Reduction) {
        self.reduction = reduction
    }

    public func forward(_ x: Tensor, _ context: ForwardContext) -> Tensor {
        switch reduction {
        case .max: x.globalMaxPool()
        case .average: x.globalAveragePool()
        }
    }
}
