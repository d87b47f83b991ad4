// Pooling over images [batch, channels, height, width] and sequences [batch, channels, length]. Windows that
// do not fit at the end are left out.
extension Tensor {
    /// The largest number in each window over an image. The gradient goes to the first maximum in row-major
    /// order; padding is never one.
    ///
    /// - Parameters:
    ///   - kernel: The window's height and width.
    ///   - stride: How far the window moves down and across; as far as it is large when nil.
    ///   - padding: Rows and columns imagined at each side; less than the window's size.
    /// - Returns: [batch, channels, height', width'] with n' = floor((n + 2 padding - kernel) / stride) + 1.
    /// - Precondition: rank 4, the image is not empty, and the window fits into the padded one.
    public func maxPool2d(
        kernel: (Int, Int), stride: (Int, Int)? = nil, padding: (Int, Int) = (0, 0)
    ) -> Tensor {
        let pooling = pooling2d("maxPool2d", kernel, stride ?? kernel, padding)
        return maxima(pooling, pooling.shape(of: self))
    }

    /// The largest number in each window along a sequence; see `maxPool2d`.
    ///
    /// - Parameters:
    ///   - kernel: The window's length.
    ///   - stride: How far the window moves; as far as it is long when nil.
    ///   - padding: Cells imagined at each end; less than the window's length.
    /// - Returns: [batch, channels, length']
    /// - Precondition: rank 3, the sequence is not empty, and the window fits into the padded one.
    public func maxPool1d(kernel: Int, stride: Int? = nil, padding: Int = 0) -> Tensor {
        let pooling = pooling1d("maxPool1d", kernel, stride ?? kernel, padding)
        return maxima(pooling, pooling.shape(of: self))
    }

    /// The average of each window over an image.
    ///
    /// - Parameters:
    ///   - kernel: The window's height and width.
    ///   - stride: How far the window moves down and across; as far as it is large when nil.
    ///   - padding: Rows and columns of zeros at each side; less than the window's size.
    ///   - countingPadding: Whether the sum is divided by the window's size or by the number of its cells
    ///     that lie inside the image.
    /// - Returns: [batch, channels, height', width'] with n' = floor((n + 2 padding - kernel) / stride) + 1.
    /// - Precondition: rank 4, the image is not empty, and the window fits into the padded one.
    public func averagePool2d(
        kernel: (Int, Int), stride: (Int, Int)? = nil, padding: (Int, Int) = (0, 0),
        countingPadding: Bool = true
    ) -> Tensor {
        var pooling = pooling2d("averagePool2d", kernel, stride ?? kernel, padding)
        pooling.countsPadding = countingPadding
        return averages(pooling, pooling.shape(of: self))
    }

    /// The average of each window along a sequence; see `averagePool2d`.
    ///
    /// - Parameters:
    ///   - kernel: The window's length.
    ///   - stride: How far the window moves; as far as it is long when nil.
    ///   - padding: Zeros at each end; less than the window's length.
    ///   - countingPadding: Whether the sum is divided by the window's size or by the number of its cells
    ///     that lie inside the sequence.
    /// - Returns: [batch, channels, length']
    /// - Precondition: rank 3, the sequence is not empty, and the window fits into the padded one.
    public func averagePool1d(
        kernel: Int, stride: Int? = nil, padding: Int = 0, countingPadding: Bool = true
    ) -> Tensor {
        var pooling = pooling1d("averagePool1d", kernel, stride ?? kernel, padding)
        pooling.countsPadding = countingPadding
        return averages(pooling, pooling.shape(of: self))
    }

    /// The largest number of each channel: [batch, channels, ...] becomes [batch, channels].
    /// - Precondition: rank 3 or more, and no axis behind the channels is empty.
    public func globalMaxPool() -> Tensor { maxima(globalPooling("globalMaxPool"), channelShape) }

    /// The average of each channel: [batch, channels, ...] becomes [batch, channels].
    /// - Precondition: rank 3 or more, and no axis behind the channels is empty.
    public func globalAveragePool() -> Tensor { averages(globalPooling("globalAveragePool"), channelShape) }

    private var channelShape: Shape { Shape(Array(shape.sizes[..<2])) }

    private func pooling2d(
        _ name: StaticString, _ kernel: (Int, Int), _ stride: (Int, Int), _ padding: (Int, Int)
    ) -> Pooling {
        guard shape.rank == 4, shape[2] > 0, shape[3] > 0, padding.0 < kernel.0, padding.1 < kernel.1,
            let vertical = Geometry(
                input: shape[2], kernel: kernel.0, stride: stride.0, padding: padding.0),
            let horizontal = Geometry(
                input: shape[3], kernel: kernel.1, stride: stride.1, padding: padding.1)
        else {
            fatalError(
                "\(name): window \(kernel), stride \(stride) and padding \(padding) "
                    + "do not fit a tensor of \(shape)")
        }
        return Pooling(planes: shape[0] * shape[1], vertical: vertical, horizontal: horizontal)
    }

    private func pooling1d(_ name: StaticString, _ kernel: Int, _ stride: Int, _ padding: Int) -> Pooling {
        guard shape.rank == 3, shape[2] > 0, padding < kernel, let vertical = Geometry(input: 1, kernel: 1),
            let horizontal = Geometry(input: shape[2], kernel: kernel, stride: stride, padding: padding)
        else {
            fatalError(
                "\(name): window \(kernel), stride \(stride) and padding \(padding) "
                    + "do not fit a tensor of \(shape)")
        }
        return Pooling(planes: shape[0] * shape[1], vertical: vertical, horizontal: horizontal)
    }

    /// One window for each channel.
    private func globalPooling(_ name: StaticString) -> Pooling {
        let size = shape.sizes.dropFirst(2).reduce(1, *)
        guard shape.rank >= 3, let vertical = Geometry(input: 1, kernel: 1),
            let horizontal = Geometry(input: size, kernel: size)
        else { fatalError("\(name) of a tensor of \(shape)") }
        return Pooling(planes: shape[0] * shape[1], vertical: vertical, horizontal: horizontal)
    }
}

extension Pooling {
    /// The shape of the result for images or sequences.
    fileprivate func shape(of x: Tensor) -> Tensor.Shape {
        let planes = Array(x.shape.sizes[..<2])
        return Tensor.Shape(
            planes + (x.shape.rank == 3 ? [horizontal.output] : [vertical.output, horizontal.output]))
    }
}
