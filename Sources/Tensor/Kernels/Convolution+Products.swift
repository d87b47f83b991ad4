// The three products with each sample's windows written out as the columns of a matrix (Chellapilla, Puri and
// Simard 2006).
extension Convolution {
    /// Scratch for the columns of one sample and group.
    private func scratch(like operand: Tensor) -> Storage {
        Tensor.memory(for: isPointwise ? [0] : [taps, places], like: operand)
    }

    func forwardByColumns(_ x: Tensor, _ weight: Tensor, into y: UnsafeMutablePointer<Float>) {
        let columns = scratch(like: x)
        forEachGroup { sample, group in
            let image = x.pointer + (sample * channels + group * channelsInGroup) * pixels
            if !isPointwise { writeColumns(of: image, channels: channelsInGroup, into: columns.base) }
            matrixProduct(
                weight.pointer + group * filtersInGroup * taps, .no, isPointwise ? image : columns.base, .no,
                into: y + (sample * filters + group * filtersInGroup) * places,
                m: filtersInGroup, n: places, k: taps)
        }
    }

    func transposeByColumns(
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

    func correlateByColumns(
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
