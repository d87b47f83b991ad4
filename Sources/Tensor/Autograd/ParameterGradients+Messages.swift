/// Gradients that another process computed. Their factors are with ours.
extension ParameterGradients {
    /// What is said of one weight's gradient beside its numbers.
    package struct WeightNote: Sendable, Equatable {
        /// Whether the gradient is written out.
        package var isWrittenOut: Bool
        /// The largest magnitudes in the factors.
        package var x: Float
        package var slope: Float

        package init(isWrittenOut: Bool, x: Float, slope: Float) {
            (self.isWrittenOut, self.x, self.slope) = (isWrittenOut, x, slope)
        }
    }

    /// By weight of `factors`.
    package var notes: [WeightNote] {
        isWrittenOut.indices.map { weight in
            let (x, slope) = magnitudes[weight]
            return WeightNote(isWrittenOut: isWrittenOut[weight], x: x, slope: slope)
        }
    }

    /// Takes over what another process noted; one note for each weight. The numbers are the caller's to write to `values`.
    package func take(_ notes: [WeightNote]) {
        require(notes.count == isWrittenOut.count)
        isWrittenOut = notes.map(\.isWrittenOut)
        magnitudes = notes.map { ($0.x, $0.slope) }
    }
}
