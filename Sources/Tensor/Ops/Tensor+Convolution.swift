// Convolutions as networks mean them: cross-correlations, the kernel is not flipped.
extension Tensor {
    /// A convolution over images: y[n, f, i, j] = bias[f] + sum over c, u, v of
    /// w[f, c, u, v] x[n, c, i stride + u dilation - padding, …], with zeros around x.
    ///
    /// - Parameters:
    ///   - x: [batch, channels, height, width]
    ///   - weight: [filters, channels / groups, kernel height, kernel width]
    ///   - bias: [filters], or nil for none.
    ///   - stride: How far the window moves down and across.
    ///   - padding: Rows of zeros above and below, columns of zeros left and right.
    ///   - dilation: How far apart the kernel's cells are, down and across.
    ///   - groups: Into how many groups channels and filters are cut; each sees its own alone.
    ///   - activation: What is applied to the result; ReLU in one operation with the convolution.
    /// - Returns: [batch, filters, height', width'] with n' = floor((n + 2 padding - dilation (kernel - 1) -
    ///   1) / stride) + 1.
    /// - Precondition: the shapes fit, and the kernel is not larger than the padded image.
    public static func conv2d(
        _ x: Tensor, weight: Tensor, bias: Tensor? = nil, stride: (Int, Int) = (1, 1),
        padding: (Int, Int) = (0, 0), dilation: (Int, Int) = (1, 1), groups: Int = 1,
        activation: Activation = .identity
    ) -> Tensor {
        let (sizes, shape) = convolution2d(
            "conv2d", x, weight, bias, stride, padding, dilation, groups)
        if activation == .relu { return convolution(x, weight, bias, sizes, shape, isRelu: true) }
        return activation(convolution(x, weight, bias, sizes, shape))
    }

    /// `conv2d`, and of its result the largest number in each window of 2 x 2 side by side, as `maxPool2d`
    /// finds it: one operation where the kernels can, in which the result between the two is never written
    /// out.
    ///
    /// - Parameters:
    ///   - x: [batch, channels, height, width]
    ///   - weight: [filters, channels / groups, kernel height, kernel width]
    ///   - bias: [filters], or nil for none.
    ///   - stride: How far the convolution's window moves down and across.
    ///   - padding: Rows of zeros above and below, columns of zeros left and right.
    ///   - dilation: How far apart the kernel's cells are, down and across.
    ///   - groups: Into how many groups channels and filters are cut; each sees its own alone.
    ///   - activation: What is applied to the convolution's result.
    /// - Returns: [batch, filters, height' / 2, width' / 2], both rounded down.
    /// - Precondition: the shapes fit, and the convolution's result has two rows and two columns at least.
    public static func conv2dMaxPool(
        _ x: Tensor, weight: Tensor, bias: Tensor? = nil, stride: (Int, Int) = (1, 1),
        padding: (Int, Int) = (0, 0), dilation: (Int, Int) = (1, 1), groups: Int = 1,
        activation: Activation = .identity
    ) -> Tensor {
        let (sizes, shape) = convolution2d(
            "conv2dMaxPool", x, weight, bias, stride, padding, dilation, groups)
        guard sizes.isDirect, activation == .relu || activation == .identity,
            let vertical = Geometry(input: shape[2], kernel: 2, stride: 2),
            let horizontal = Geometry(input: shape[3], kernel: 2, stride: 2)
        else {
            return activation(convolution(x, weight, bias, sizes, shape)).maxPool2d(kernel: (2, 2))
        }
        let pooling = Pooling(
            planes: sizes.batch * sizes.filters, vertical: vertical, horizontal: horizontal)
        return convolutionSquares(x, weight, bias, sizes, pooling, isRelu: activation == .relu)
    }

    private static func convolution2d(
        _ name: StaticString, _ x: Tensor, _ weight: Tensor, _ bias: Tensor?, _ stride: (Int, Int),
        _ padding: (Int, Int), _ dilation: (Int, Int), _ groups: Int
    ) -> (Convolution, Shape) {
        guard x.shape.rank == 4, weight.shape.rank == 4,
            let vertical = Geometry(
                input: x.shape[2], kernel: weight.shape[2], stride: stride.0, padding: padding.0,
                dilation: dilation.0),
            let horizontal = Geometry(
                input: x.shape[3], kernel: weight.shape[3], stride: stride.1, padding: padding.1,
                dilation: dilation.1)
        else { refuse(name, x, weight, bias, groups) }
        let shape: Shape = [x.shape[0], weight.shape[0], vertical.output, horizontal.output]
        return (sizes(name, x, weight, bias, groups, vertical, horizontal), shape)
    }

    /// A convolution along one axis: y[n, f, i] = bias[f] + sum over c, u of
    /// w[f, c, u] x[n, c, i stride + u dilation - padding].
    ///
    /// - Parameters:
    ///   - x: [batch, channels, length]
    ///   - weight: [filters, channels / groups, kernel]
    ///   - bias: [filters], or nil for none.
    ///   - stride: How far the window moves.
    ///   - padding: Zeros in front and behind.
    ///   - dilation: How far apart the kernel's cells are.
    ///   - groups: Into how many groups channels and filters are cut; each sees its own alone.
    ///   - activation: What is applied to the result; ReLU in one operation with the convolution.
    /// - Returns: [batch, filters, length'], by the formula of `conv2d`.
    /// - Precondition: the shapes fit, and the kernel is not longer than the padded axis.
    public static func conv1d(
        _ x: Tensor, weight: Tensor, bias: Tensor? = nil, stride: Int = 1, padding: Int = 0,
        dilation: Int = 1, groups: Int = 1, activation: Activation = .identity
    ) -> Tensor {
        guard x.shape.rank == 3, weight.shape.rank == 3, let vertical = Geometry(input: 1, kernel: 1),
            let horizontal = Geometry(
                input: x.shape[2], kernel: weight.shape[2], stride: stride, padding: padding,
                dilation: dilation)
        else { refuse("conv1d", x, weight, bias, groups) }
        let shape: Shape = [x.shape[0], weight.shape[0], horizontal.output]
        let sizes = sizes("conv1d", x, weight, bias, groups, vertical, horizontal)
        if activation == .relu { return convolution(x, weight, bias, sizes, shape, isRelu: true) }
        return activation(convolution(x, weight, bias, sizes, shape))
    }

    /// A transposed convolution: the gradient of `conv2d` with respect to its images, as an operation. Each
    /// pixel of x is multiplied with the kernel and added to the window of the result that it stands for.
    ///
    /// - Parameters:
    ///   - x: [batch, channels, height, width]
    ///   - weight: [channels, filters / groups, kernel height, kernel width]
    ///   - bias: [filters], or nil for none.
    ///   - stride: How far apart the windows of neighbouring pixels are, down and across.
    ///   - padding: Rows and columns of the result that are cut off at each side.
    ///   - outputPadding: Rows and columns added at the end; less than the stride.
    ///   - dilation: How far apart the kernel's cells are, down and across.
    ///   - groups: Into how many groups channels and filters are cut; each sees its own alone.
    /// - Returns: [batch, filters, height', width'] with n' = (n - 1) stride - 2 padding + dilation (kernel -
    ///   1) + 1 + outputPadding.
    /// - Precondition: the shapes fit.
    public static func transposedConv2d(
        _ x: Tensor, weight: Tensor, bias: Tensor? = nil, stride: (Int, Int) = (1, 1),
        padding: (Int, Int) = (0, 0), outputPadding: (Int, Int) = (0, 0), dilation: (Int, Int) = (1, 1),
        groups: Int = 1
    ) -> Tensor {
        guard x.shape.rank == 4, weight.shape.rank == 4,
            let vertical = Geometry(
                output: x.shape[2], kernel: weight.shape[2], stride: stride.0, padding: padding.0,
                dilation: dilation.0, extra: outputPadding.0),
            let horizontal = Geometry(
                output: x.shape[3], kernel: weight.shape[3], stride: stride.1, padding: padding.1,
                dilation: dilation.1, extra: outputPadding.1),
            groups > 0, x.shape[1] % groups == 0, x.shape[1] == weight.shape[0],
            bias.map({ $0.shape == [weight.shape[1] * groups] }) ?? true
        else { refuse("transposedConv2d", x, weight, bias, groups) }
        let sizes = Convolution(
            batch: x.shape[0], channels: weight.shape[1] * groups, filters: x.shape[1], groups: groups,
            vertical: vertical, horizontal: horizontal)
        let shape: Shape = [x.shape[0], sizes.channels, vertical.input, horizontal.input]
        return transposedConvolution(x, weight, bias, sizes, shape)
    }

    private static func sizes(
        _ name: StaticString, _ x: Tensor, _ weight: Tensor, _ bias: Tensor?, _ groups: Int,
        _ vertical: Geometry, _ horizontal: Geometry
    ) -> Convolution {
        let filters = weight.shape[0]
        guard groups > 0, filters % groups == 0, x.shape[1] == weight.shape[1] * groups,
            bias.map({ $0.shape == [filters] }) ?? true
        else { refuse(name, x, weight, bias, groups) }
        return Convolution(
            batch: x.shape[0], channels: x.shape[1], filters: filters, groups: groups, vertical: vertical,
            horizontal: horizontal)
    }

    private static func refuse(
        _ name: StaticString, _ x: Tensor, _ weight: Tensor, _ bias: Tensor?, _ groups: Int
    ) -> Never {
        fatalError(
            "\(name): input \(x.shape), weight \(weight.shape), bias \(bias?.shape.description ?? "none") "
                + "and \(groups) groups do not fit, or the window does not fit into the padded input")
    }
}
