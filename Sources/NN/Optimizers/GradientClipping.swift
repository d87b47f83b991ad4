public import Tensor

/// What is done to gradients that are too large, before weight decay and the optimizer see them.
public enum GradientClipping: Sendable, Hashable {
    /// g *= C / norm where the L2 norm over the gradients of all trained parameters is above C (Pascanu, Mikolov &
    /// Bengio 2013, arXiv:1211.5063, algorithm 1); above 0.
    case norm(Double)
    /// Each element is moved into -C ... C; above 0.
    case value(Double)

    /// Numbers to a block: a norm is the sum over blocks, in their order, of the squares in each. Whoever computes it
    /// in slices cuts them between blocks, and the norm has the same bits with any slices.
    public static let blockSize = 256

    /// The squares that the norm is made of.
    ///
    /// - Parameters:
    ///   - gradients: In the layout; running averages and what is frozen do not count.
    ///   - layout: Of the gradients.
    ///   - range: Begins at a multiple of `blockSize`, and ends at one or at the end of the layout.
    /// - Returns: One sum for each block that begins in `range`.
    public static func squares(
        of gradients: FlatBuffer, layout: ParameterLayout, in range: Range<Int>
    ) -> [Double] {
        require(range.lowerBound.isMultiple(of: blockSize) || range.isEmpty)
        var sums = [Double](repeating: 0, count: (range.count + blockSize - 1) / blockSize)
        for stretch in layout.trainedRanges(in: range) {
            var start = stretch.lowerBound
            while start < stretch.upperBound {
                let block = (start - range.lowerBound) / blockSize
                let end = min(range.lowerBound + (block + 1) * blockSize, stretch.upperBound)
                sums[block] += gradients.sumOfSquares(in: start..<end)
                start = end
            }
        }
        return sums
    }

    /// Clips the gradients in `range`.
    ///
    /// - Parameters:
    ///   - gradients: In the layout.
    ///   - layout: Of the gradients; running averages and what is frozen are left alone.
    ///   - range: The slice that is changed.
    ///   - squares: Those of all blocks in order, for a norm.
    public func clip(
        _ gradients: FlatBuffer, layout: ParameterLayout, in range: Range<Int>, squares: [Double]
    ) {
        switch self {
        case .norm(let largest):
            let norm = squares.reduce(0, +).squareRoot()
            guard norm > largest else { return }
            let factor = Float(largest / norm)
            for part in layout.trainedRanges(in: range) { gradients.scale(by: factor, in: part) }
        case .value(let largest):
            for part in layout.trainedRanges(in: range) { gradients.clamp(to: Float(largest), in: part) }
        }
    }

    /// Clips all gradients.
    ///
    /// - Parameters:
    ///   - gradients: In the layout.
    ///   - layout: Of the gradients.
    public func clip(_ gradients: FlatBuffer, layout: ParameterLayout) {
        let all = 0..<layout.count
        let squares = GradientClipping.squares(of: gradients, layout: layout, in: all)
        clip(gradients, layout: layout, in: all, squares: squares)
    }
}
