/// How a window slides along one axis: what convolution and pooling have in common.
package struct Geometry: Sendable, Hashable {
    /// The size of the axis.
    package let input: Int
    /// How many cells the window touches.
    package let kernel: Int
    /// How far the window moves.
    package let stride: Int
    /// How many cells are imagined in front of the axis and as many behind.
    package let padding: Int
    /// How far apart the window's cells are.
    package let dilation: Int
    /// How many windows there are: floor((input + 2 padding - dilation (kernel - 1) - 1) / stride) + 1
    /// (Dumoulin and Visin, arXiv:1603.07285, relationship 15).
    package let output: Int

    /// Nil when a number is out of range or the window is longer than the padded axis.
    package init?(input: Int, kernel: Int, stride: Int = 1, padding: Int = 0, dilation: Int = 1) {
        let room = input + 2 * padding - dilation * (kernel - 1) - 1
        guard input >= 0, kernel > 0, stride > 0, padding >= 0, dilation > 0, room >= 0 else { return nil }
        (self.input, self.kernel, self.stride, self.padding) = (input, kernel, stride, padding)
        self.dilation = dilation
        output = room / stride + 1
    }

    /// The geometry whose windows are `output` many, with `extra` cells that none of them reaches: what a
    /// transposed convolution is the transpose of.
    package init?(
        output: Int, kernel: Int, stride: Int = 1, padding: Int = 0, dilation: Int = 1, extra: Int = 0
    ) {
        guard output > 0, extra >= 0, extra < stride else { return nil }
        let input = (output - 1) * stride - 2 * padding + dilation * (kernel - 1) + 1 + extra
        self.init(input: input, kernel: kernel, stride: stride, padding: padding, dilation: dilation)
    }

    /// Whether window i is cell i and nothing else.
    var isIdentity: Bool { kernel == 1 && stride == 1 && padding == 0 }

    /// Whether the windows are neighbours side by side, two and two.
    var isHalving: Bool { kernel == 2 && stride == 2 && padding == 0 && dilation == 1 }

    /// Where in the axis cell `tap` of window `place` lies; outside of 0 ..< input it is padding.
    func cell(_ place: Int, tap: Int) -> Int { place * stride - padding + tap * dilation }

    /// The windows whose cell `tap` lies inside the axis.
    func places(reaching tap: Int) -> Range<Int> {
        let shift = tap * dilation - padding
        let first = shift >= 0 ? 0 : (stride - 1 - shift) / stride
        let last = input - 1 - shift
        let end = last < 0 ? 0 : min(output, last / stride + 1)
        return min(first, end)..<end
    }

    /// The cells of window `place` that lie inside the axis.
    func taps(at place: Int) -> Range<Int> {
        let start = place * stride - padding
        let first = start >= 0 ? 0 : (dilation - 1 - start) / dilation
        let last = input - 1 - start
        let end = last < 0 ? 0 : min(kernel, last / dilation + 1)
        return min(first, end)..<end
    }
}
