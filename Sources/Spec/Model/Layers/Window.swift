/// A window that slides over the last axes of a sample: what convolutions and pooling have in common.
struct Window {
    /// What the layer is called in sentences.
    var layer: String
    var kernel: [Int]
    var stride: [Int]
    var padding: PaddingSpec
    var dilation: [Int]

    /// The largest number that any of them may be, which keeps their products within `Int`.
    private static let bound = 1_000_000_000

    /// Makes sure that the input has the window's axes behind its channels, and that all numbers are within bounds.
    func check(_ inference: ShapeInference) throws(SpecError) {
        let axes = kernel.count
        guard (1...2).contains(axes) else {
            throw inference.problem("expected a kernel over 1 or 2 axes, found \(kernel)")
        }
        guard inference.shape.count == axes + 1 else {
            let wanted = axes == 1 ? "[channels, length]" : "[channels, height, width]"
            throw inference.problem(
                "`\(layer)` takes samples of the shape \(wanted) and its input has the shape \(inference.shape); "
                    + "put `reshape` before it")
        }
        let zeros = if case .zeros(let zeros) = padding { zeros } else { [Int](repeating: 0, count: axes) }
        for (key, sizes, lowest) in [
            ("kernel", kernel, 1), ("stride", stride, 1), ("dilation", dilation, 1), ("padding", zeros, 0),
        ] {
            guard sizes.count == axes, sizes.allSatisfy({ (lowest...Self.bound).contains($0) }) else {
                throw inference.problem(
                    "expected \(axes) numbers from \(lowest) to \(Self.bound) for `\(key)`, found \(sizes)")
            }
        }
    }

    /// The sizes behind the channels after the window has passed; below 1 where it does not fit.
    func output(of input: [Int]) -> [Int] {
        kernel.indices.map { axis in
            switch padding {
            case .same: return (input[axis] - 1) / stride[axis] + 1
            case .zeros(let zeros):
                let room = input[axis] + 2 * zeros[axis] - dilation[axis] * (kernel[axis] - 1) - 1
                return room < 0 ? 0 : room / stride[axis] + 1
            }
        }
    }

    /// Replaces the sizes behind the channels, and the channels if `channels` says so.
    func pass(_ inference: inout ShapeInference, channels: Int? = nil) throws(SpecError) {
        let sizes = output(of: Array(inference.shape.dropFirst()))
        guard sizes.allSatisfy({ $0 >= 1 }) else {
            throw inference.problem(
                "a window of \(kernel) does not fit into the input \(inference.shape)"
                    + "; make it smaller or add `padding`")
        }
        inference.shape = [channels ?? inference.shape[0]] + sizes
    }
}
