public import Tensor

/// activation(w * x + b), a cross-correlation over one or two axes; x is [batch, channels, length] or [batch, channels,
/// height, width].
public struct Convolution: Layer {
    /// What stands around the input.
    public enum Padding: Sendable, Hashable {
        /// So many zeros in front of and behind each axis.
        case zeros([Int])
        /// As many zeros as make an output of ceil(input / stride); where their number is odd, one more behind.
        case same
    }

    /// w, [filters, channels / groups] + kernel.
    public let weight: Parameter
    /// b, [filters]; nil for a layer without one.
    public let bias: Parameter?
    /// How far the kernel moves along each axis.
    public let stride: [Int]
    /// What stands around the input.
    public let padding: Padding
    /// How far apart the kernel's elements are along each axis.
    public let dilation: [Int]
    /// Groups of channels that do not see each other.
    public let groups: Int
    /// What is applied to w * x + b.
    public let activation: Activation

    /// - Parameters:
    ///   - name: What the parameters are called after: `NAME.weight`, `NAME.bias`.
    ///   - channels: The channels that come in.
    ///   - filters: The channels that go out.
    ///   - kernel: The kernel's size along each axis, one or two numbers.
    ///   - stride: How far the kernel moves along each axis; nil for 1.
    ///   - padding: What stands around the input; nil for nothing.
    ///   - dilation: How far apart the kernel's elements are along each axis; nil for 1.
    ///   - groups: Groups of channels that do not see each other.
    ///   - activation: What is applied to w * x + b.
    ///   - initializer: How the weight starts; nil stands for He's with a ReLU and Xavier's otherwise. The
    ///     bias starts at 0.
    ///   - hasBias: Whether b is added.
    /// - Precondition: there are one or two axes, and the groups divide channels and filters.
    public init(
        name: String, channels: Int, filters: Int, kernel: [Int], stride: [Int]? = nil,
        padding: Padding? = nil, dilation: [Int]? = nil, groups: Int = 1,
        activation: Activation = .identity, initializer: Initializer? = nil, hasBias: Bool = true
    ) {
        require(
            (1...2).contains(kernel.count) && groups >= 1 && channels % groups == 0 && filters % groups == 0,
            "Convolution: a kernel of \(kernel) in \(groups) groups for \(channels) channels and \(filters) filters"
        )
        let area = kernel.reduce(1, *)
        weight = Parameter(
            name: "\(name).weight", shape: [filters, channels / groups] + kernel,
            initializer: initializer
                ?? .standard(
                    before: activation, fanIn: channels / groups * area, fanOut: filters / groups * area),
            decays: true)
        bias =
            hasBias
            ? Parameter(name: "\(name).bias", shape: [filters], initializer: .zeros, decays: false) : nil
        self.stride = stride ?? kernel.map { _ in 1 }
        self.padding = padding ?? .zeros(kernel.map { _ in 0 })
        self.dilation = dilation ?? kernel.map { _ in 1 }
        self.groups = groups
        self.activation = activation
    }

    public var parameters: [Parameter] { [weight] + (bias.map { [$0] } ?? []) }

    public func forward(_ x: Tensor, _ context: ForwardContext) -> Tensor {
        let (x, zeros) = padded(x)
        let (weight, bias) = (context[weight], bias.map { context[$0] })
        if stride.count == 1 {
            return Tensor.conv1d(
                x, weight: weight, bias: bias, stride: stride[0], padding: zeros[0],
                dilation: dilation[0], groups: groups, activation: activation)
        }
        return Tensor.conv2d(
            x, weight: weight, bias: bias, stride: (stride[0], stride[1]), padding: (zeros[0], zeros[1]),
            dilation: (dilation[0], dilation[1]), groups: groups, activation: activation)
    }

    /// What `next` makes of this layer's output, in one operation; nil where there is none for the two.
    func forward(_ x: Tensor, _ context: ForwardContext, with next: Pooling) -> Tensor? {
        guard stride.count == 2, next.reduction == .max, next.size == [2, 2], next.stride == [2, 2],
            next.padding == [0, 0]
        else { return nil }
        let (x, zeros) = padded(x)
        return Tensor.conv2dMaxPool(
            x, weight: context[weight], bias: bias.map { context[$0] }, stride: (stride[0], stride[1]),
            padding: (zeros[0], zeros[1]), dilation: (dilation[0], dilation[1]), groups: groups,
            activation: activation)
    }

    /// The input with what the operation cannot pad, and how much the operation pads on both sides.
    private func padded(_ x: Tensor) -> (Tensor, [Int]) {
        if case .zeros(let zeros) = padding { return (x, zeros) }
        let sums = stride.indices.map { axis in
            let size = x.shape[axis + 2]
            let outputs = (size + stride[axis] - 1) / stride[axis]
            return max(
                0, (outputs - 1) * stride[axis] + dilation[axis] * (weight.shape[axis + 2] - 1) + 1 - size)
        }
        if sums.allSatisfy({ $0.isMultiple(of: 2) }) { return (x, sums.map { $0 / 2 }) }
        let around = x.padded(
            before: [0, 0] + sums.map { $0 / 2 }, after: [0, 0] + sums.map { ($0 + 1) / 2 })
        return (around, sums.map { _ in 0 })
    }
}
