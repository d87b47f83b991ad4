import CKernels

/// The sizes of a two-dimensional convolution, and the three products that it and its gradients are.
///
/// For images x [batch, channels, h, w], weights w [filters, channels / groups, kh, kw] and results y [batch,
/// filters, h', w'] (cross-correlation): y = w * x is linear in x and in w, and each gradient is the product
/// of the other two. Samples go one after another, so the bits of a sample's result do not depend on those
/// around it.
///
/// There are two ways to each product. Where windows have several cells and the results' channels fill half a
/// vector, it goes directly over the image (`nnd_convolve`, `nnd_correlate`); else the windows are written
/// out as the columns of a matrix. See decision 11.
struct Convolution {
    let batch: Int
    let channels: Int
    let filters: Int
    let groups: Int
    let vertical: Geometry
    let horizontal: Geometry

    /// Whether an image is its own matrix of columns.
    let isPointwise: Bool

    init(
        batch: Int, channels: Int, filters: Int, groups: Int, vertical: Geometry, horizontal: Geometry
    ) {
        (self.batch, self.channels, self.filters, self.groups) = (batch, channels, filters, groups)
        (self.vertical, self.horizontal) = (vertical, horizontal)
        isPointwise = vertical.isIdentity && horizontal.isIdentity
    }

    /// The pixels of an input image and of a result image.
    var pixels: Int { vertical.input * horizontal.input }
    var places: Int { vertical.output * horizontal.output }
    /// The cells of a window, and rows of the matrix of columns for one group.
    var cells: Int { vertical.kernel * horizontal.kernel }
    var taps: Int { channelsInGroup * cells }
    var channelsInGroup: Int { channels / groups }
    var filtersInGroup: Int { filters / groups }

    /// Whether `forward` and `correlate` go directly over the image.
    var isDirect: Bool { isDirect(filtersInGroup) }
    /// Whether `transpose` does.
    var isTransposeDirect: Bool { isDirect(channelsInGroup) }

    private func isDirect(_ results: Int) -> Bool {
        if cells == 1 || batch == 0 || taps == 0 || pixels == 0 { return false }
        return 2 * results >= nnd_convolution_lanes(results)
    }

    /// y = f(w * x + bias), where f is ReLU or nothing.
    func forward(
        _ x: Tensor, _ weight: Tensor, bias: UnsafePointer<Float>?, isRelu: Bool = false,
        into y: UnsafeMutablePointer<Float>
    ) {
        if isDirect {
            return forwardDirectly(x, weight) { source, packed, window, sample, first in
                nnd_convolve(
                    y + (sample * filters + first) * places, source, packed, bias.map { $0 + first },
                    isRelu ? 1 : 0, window)
            }
        }
        forwardByColumns(x, weight, into: y)
        if let bias { addToPlanes(bias, y, samples: batch, channels: filters, size: places) }
        if isRelu { nnd_bias_relu(y, nil, batch * filters, places) }
    }

    /// The largest of each square of 2 x 2 numbers of f(w * x + bias), and where in its plane it lies; what
    /// is left over at the end is dropped.
    /// - Precondition: `isDirect`.
    func forwardSquares(
        _ x: Tensor, _ weight: Tensor, bias: UnsafePointer<Float>?, isRelu: Bool,
        into y: UnsafeMutablePointer<Float>, at positions: UnsafeMutablePointer<Float>
    ) {
        let squares = (vertical.output / 2) * (horizontal.output / 2)
        forwardDirectly(x, weight) { source, packed, window, sample, first in
            let plane = (sample * filters + first) * squares
            positions.withMemoryRebound(to: Int32.self, capacity: batch * filters * squares) { positions in
                nnd_convolve_squares(
                    y + plane, positions + plane, source, packed, bias.map { $0 + first }, isRelu ? 1 : 0,
                    window)
            }
        }
    }

    /// x (+)= what y weighs each pixel with: the transpose of `forward` in x.
    func transpose(
        _ y: ConvolutionSlope, _ weight: Tensor, into x: UnsafeMutablePointer<Float>, accumulate: Bool
    ) {
        if isTransposeDirect && !accumulate { return transposeDirectly(y, weight, into: x) }
        transposeByColumns(y.whole(), weight, into: x, accumulate: accumulate)
    }

    /// w (+)= the sum over samples of y times the windows of x: the transpose of `forward` in w; and for each
    /// filter sum (+)= y's sum in double precision, where asked for.
    func correlate(
        _ x: Tensor, _ y: ConvolutionSlope, into weight: UnsafeMutablePointer<Float>, accumulate: Bool,
        sums: inout [Double]?
    ) {
        if isDirect { return correlateDirectly(x, y, into: weight, accumulate: accumulate, sums: &sums) }
        correlateByColumns(x, y.whole(), into: weight, accumulate: accumulate)
        addSums(of: y, to: &sums)
    }

    /// sum += y's sum for each filter in double precision, where asked for.
    func addSums(of y: ConvolutionSlope, to sums: inout [Double]?) {
        if sums == nil { return }
        let whole = y.whole()
        for filter in 0..<filters {
            sums?[filter] += sumOfPlanes(
                whole.pointer, samples: batch, channels: filters, size: places, channel: filter)
        }
    }
}
