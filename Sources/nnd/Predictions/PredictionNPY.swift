import Foundation
import NN
import NumPy
package import Parallel

/// The probabilities or values as an array of NumPy's, [samples] and the shape of those of one sample.
package struct PredictionNPY: PredictionWriter {
    private let shape: PredictionShape
    private let count: Int

    /// - Parameters:
    ///   - shape: What there is to tell of each sample.
    ///   - count: How many samples there will be.
    package init(_ shape: PredictionShape, count: Int) {
        (self.shape, self.count) = (shape, count)
    }

    package var head: [UInt8] { NPYHeader(.float32, shape: [count] + shape.shape).encoded }
    package var end: [UInt8] { [] }

    package func body(of chunk: PredictedChunk, _ samples: Range<Int>) -> [UInt8] {
        Array(Data(littleEndian: Array(chunk.values.prefix(samples.count * shape.size))))
    }
}
