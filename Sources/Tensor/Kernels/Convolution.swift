/// The sizes of a two-dimensional convolution, and the three products that it and its gradients are.
///
/// For images x [batch, channels, h, w], weights w [filters, channels / groups, kh, kw] and results
/// y [batch, filters, h', w'] (cross-correlation): y = w * x is linear in x and in w, and each gradient is
/// the product of the other two. Each sample's windows are written out as the columns of a matrix, which the
/// weights multiply (Chellapilla, Puri and Simard 2006). Samples go one after another, so the bits of a
/// sample's result do not depend on those around it.
struct Convolution {
    let batch: Int
    let channels: Int
    let filters: Int
    let groups: Int
    let vertical: Geometry
    let horizontal: Geometry

    /// Whether an image is its own matrix of columns.
    private let isPointwise: Bool

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
    /// Rows of the matrix of columns, for one group.
    var taps: Int { channelsInGroup * vertical.kernel * horizontal.kernel }
    private var channelsInGroup: Int { channels / groups }
    private var filtersInGroup: Int { filters / groups }

    /// Scratch for the columns of one sample and group.
    private func scratch(like operand: Tensor) -> Storage {
        Tensor.memory(for: isPointwise ? [0] : [taps, places], like: operand)
    }

    /// y = w * x + bias
    func forward(
        _ x: Tensor, _ weight: Tensor, bias: UnsafePointer<Float>?, into y: UnsafeMutablePointer<Float>
    ) {
        let columns = scratch(like: x)
        forEachGroup { sample, group in
            let image = x.pointer + (sample * channels + group * channelsInGroup) * pixels
            if !isPointwise { writeColumns(of: image, channels: channelsInGroup, into: columns.base) }
            matrixProduct(
                weight.pointer + group * filtersInGroup * taps, .no, isPointwise ? image : columns.base, .no,
                into: y + (sample * filters + group * filtersInGroup) * places,
                m: filtersInGroup, n: places, k: taps)
        }
        if let bias { addToPlanes(bias, y, samples: batch, channels: filters, size: places) }
    }

    /// x (+)= what y weighs each pixel with: the transpose of `forward` in x.
    func transpose(
        _ y: Tensor, _ weight: Tensor, into x: UnsafeMutablePointer<Float>, accumulate: Bool
    ) {
        let columns = scratch(like: y)
        if !accumulate && !isPointwise { x.update(repeating: 0, count: batch * channels * pixels) }
        forEachGroup { sample, group in
            let image = x + (sample * channels + group * channelsInGroup) * pixels
            matrixProduct(
                weight.pointer + group * filtersInGroup * taps, .yes,
                y.pointer + (sample * filters + group * filtersInGroup) * places, .no,
                into: isPointwise ? image : columns.base, m: taps, n: places, k: filtersInGroup,
                accumulate: isPointwise && accumulate)
            if !isPointwise { addColumns(columns.base, to: image, channels: channelsInGroup) }
        }
    }

    /// w (+)= the sum over samples of y times the columns of x: the transpose of `forward` in w.
    func correlate(
        _ x: Tensor, _ y: Tensor, into weight: UnsafeMutablePointer<Float>, accumulate: Bool
    ) {
        let columns = scratch(like: x)
        if !accumulate && batch == 0 { weight.update(repeating: 0, count: filters * taps) }
        forEachGroup { sample, group in
            let image = x.pointer + (sample * channels + group * channelsInGroup) * pixels
            if !isPointwise { writeColumns(of: image, channels: channelsInGroup, into: columns.base) }
            matrixProduct(
                y.pointer + (sample * filters + group * filtersInGroup) * places, .no,
                isPointwise ? image : columns.base, .yes,
                into: weight + group * filtersInGroup * taps, m: filtersInGroup, n: taps, k: places,
                accumulate: accumulate || sample > 0)
        }
    }

    private func forEachGroup(_ body: (_ sample: Int, _ group: Int) -> Void) {
        for sample in 0..<batch { for group in 0..<groups { body(sample, group) } }
    }
}
