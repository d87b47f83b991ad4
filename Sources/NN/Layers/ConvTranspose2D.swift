public import Tensor

/// activation(transposed convolution of x, plus b), which makes images larger: each input value is spread over a kernel.
/// x is [batch, channels, height, width]; the output has (input - 1) * stride - 2 * padding + kernel + outputPadding rows
/// and columns.
public struct ConvTranspose2D: Layer {
    /// [channels, filters / groups, height, width].
    public let weight: Parameter
    /// b, [filters]; nil for a layer without one.
    public let bias: Parameter?
    /// How far apart the kernels of neighbouring inputs are.
    public let stride: [Int]
    /// How many rows and columns the output loses on each side.
    public let padding: [Int]
    /// How many rows and columns the output has more at its end.
    public let outputPadding: [Int]
    /// Groups of channels that do not see each other.
    public let groups: Int
    /// What is applied at the end.
    public let activation: Activation

    /// - Parameters:
    ///   - name: What the parameters are called after: `NAME.weight`, `NAME.bias`.
    ///   - channels: The channels that come in.
    ///   - filters: The channels that go out.
    ///   - kernel: The kernel's height and width.
    ///   - stride: How far apart the kernels of neighbouring inputs are.
    ///   - padding: How many rows and columns the output loses on each side.
    ///   - outputPadding: How many rows and columns the output has more at its end; less than the stride.
    ///   - groups: Groups of channels that do not see each other.
    ///   - activation: What is applied at the end.
    ///   - initializer: How the weight starts; nil stands for He's with a ReLU and Xavier's otherwise. The
    ///     bias starts at 0.
    ///   - hasBias: Whether b is added.
    /// - Precondition: all lists have two numbers, and the groups divide channels and filters.
    public init(
        name: String, channels: Int, filters: Int, kernel: [Int], stride: [Int] = [1, 1],
        padding: [Int] = [0, 0], outputPadding: [Int] = [0, 0], groups: Int = 1,
        activation: Activation = .identity, initializer: Initializer? = nil, hasBias: Bool = true
    ) {
        require(
            [kernel, stride, padding, outputPadding].allSatisfy { $0.count == 2 } && groups >= 1
                && channels % groups == 0 && filters % groups == 0,
            "ConvTranspose2D: a kernel of \(kernel) in \(groups) groups for \(channels) channels and \(filters) filters"
        )
        let area = kernel.reduce(1, *)
        weight = Parameter(
            name: "\(name).weight", shape: [channels, filters / groups] + kernel,
            initializer: initializer
                ?? .standard(
                    before: activation, fanIn: channels / groups * area, fanOut: filters / groups * area),
            decays: true)
        bias =
            hasBias
            ? Parameter(name: "\(name).bias", shape: [filters], initializer: .zeros, decays: false) : nil
        (self.stride, self.padding, self.outputPadding) = (stride, padding, outputPadding)
        (self.groups, self.activation) = (groups, activation)
    }

    public var parameters: [Parameter] { [weight] + (bias.map { [$0] } ?? []) }

    public func forward(_ x: Tensor, _ context: ForwardContext) -> Tensor {
        activation(
            Tensor.transposedConv2d(
                x, weight: context[weight], bias: bias.map { context[$0] }, stride: (stride[0], stride[1]),
                padding: (padding[0], padding[1]), outputPadding: (outputPadding[0], outputPadding[1]),
                groups: groups))
    }
}
