import Datasets
import Spec
import Tensor

/// Random samples in memory: as many features as an image of 28 x 28 has, and one of ten classes.
package struct BenchSamples: Sendable {
    /// As many as the training images of MNIST.
    package static let usualCount = 60_000
    private static let features = 784

    private let x: [Float]
    private let labels: [Int32]

    /// Features from the uniform distribution with mean 0 and deviation 1, each a function of its position.
    package init(count: Int = usualCount) {
        var x = [Float](repeating: 0, count: count * BenchSamples.features)
        let width = Float(3).squareRoot()
        for block in 0..<(x.count / 4) {
            let words = BenchSamples.words(UInt32(truncatingIfNeeded: block), stream: 0)
            // 24 bits are what a Float holds exactly.
            for lane in 0..<4 { x[4 * block + lane] = (Float(words[lane] >> 8) * 0x1p-23 - 1) * width }
        }
        self.x = x
        labels = (0..<count).map { row in
            let words = BenchSamples.words(UInt32(truncatingIfNeeded: row), stream: 1)
            return Int32(words[0] % 10)
        }
    }

    private static func words(_ index: UInt32, stream: UInt32) -> SIMD4<UInt32> {
        Philox.block(counter: SIMD4(index, stream, 0, 0), key: SIMD2(784, 10))
    }

    /// The samples in the shape that `model` takes, which has as many features.
    func dataset(for model: ModelSpec) throws(DataError) -> Dataset {
        try Dataset(
            features: .floats(x), featureShape: model.input, targets: .classes(labels, classCount: 10))
    }
}
