public import Tensor

/// What is done to gradients that are too large, before weight decay and the optimizer see them.
public enum GradientClipping: Sendable, Hashable {
    /// g *= C / norm where the L2 norm over the gradients of all trained parameters is above C (Pascanu, Mikolov &
    /// Bengio 2013, arXiv:1211.5063, algorithm 1); above 0.
    case norm(Double)
    /// Each element is moved into -C ... C; above 0.
    case value(Double)

    /// Whether all gradients have to be known before any is clipped.
    public var isByNorm: Bool {
        if case .norm = self { true } else { false }
    }

    /// The sum of the squares that the norm is made of, in Double. Parts of the gradients add up to all of them, if
    /// always in the same order.
    ///
    /// - Parameters:
    ///   - gradients: In the layout; running averages and what is frozen do not count.
    ///   - layout: Of the gradients.
    ///   - range: The part that is looked at.
    /// - Returns: The sum over the part.
    public static func squares(
        of gradients: FlatBuffer, layout: ParameterLayout, in range: Range<Int>
    ) -> Double {
        layout.trainedRanges(in: range).reduce(0) { $0 + gradients.sumOfSquares(in: $1) }
    }

    /// Clips the gradients in `range`.
    ///
    /// - Parameters:
    ///   - gradients: In the layout.
    ///   - layout: Of the gradients; running averages and what is frozen are left alone.
    ///   - range: The part that is changed.
    ///   - squares: The sum of all squares, for a norm.
    public func clip(_ gradients: FlatBuffer, layout: ParameterLayout, in range: Range<Int>, squares: Double)
    {
        switch self {
        case .norm(let largest):
            let norm = squares.squareRoot()
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
