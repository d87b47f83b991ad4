/// A tensor as a file of weights has it, and where its numbers lie in the flat buffer of a model.
package struct StoredTensor: Sendable, Equatable {
    /// Rows of the tensor.
    enum Part: Sendable, Equatable {
        /// The numbers as they lie there.
        case same(Range<Int>)
        /// The matrix that lies there, [rows, columns], transposed.
        case transposed(Range<Int>, rows: Int)
        /// Another program adds these to the numbers that lie there: zeros to write, and to add when they are read.
        case added(to: Range<Int>)
        /// What the model does without: zeros to write, and to find; where it has no effect, whatever is found.
        case absent(Int, hasEffect: Bool)

        var count: Int {
            switch self {
            case .same(let range), .transposed(let range, _), .added(let range): range.count
            case .absent(let count, _): count
            }
        }
    }

    /// As the file has it.
    package let name: String
    package let shape: [Int]
    /// One after another.
    let parts: [Part]
    /// Whether it is a running average.
    let isAverage: Bool

    init(_ name: String, _ shape: [Int], _ parts: [Part], isAverage: Bool = false) {
        (self.name, self.shape, self.parts, self.isAverage) = (name, shape, parts, isAverage)
    }

    package var count: Int { shape.reduce(1, *) }

    /// The tensor's values row by row, of a model with these values.
    package func values(of buffer: [Float]) -> [Float] {
        var values: [Float] = []
        values.reserveCapacity(count)
        for part in parts {
            switch part {
            case .same(let range): values += buffer[range]
            case .transposed(let range, let rows):
                let columns = range.count / max(1, rows)
                for column in 0..<columns {
                    for row in 0..<rows { values.append(buffer[range.lowerBound + row * columns + column]) }
                }
            case .added(let range): values += repeatElement(0, count: range.count)
            case .absent(let count, _): values += repeatElement(0, count: count)
            }
        }
        return values
    }

    /// Puts the tensor's values where they lie in a model.
    ///
    /// - Returns: Whether the model has a place for all of them.
    func put(_ values: [Float], into buffer: inout [Float]) -> Bool {
        var start = 0
        for part in parts {
            let values = values[start..<(start + part.count)]
            start += part.count
            switch part {
            case .same(let range): buffer.replaceSubrange(range, with: values)
            case .transposed(let range, let rows):
                let columns = range.count / max(1, rows)
                for (index, value) in values.enumerated() {
                    buffer[range.lowerBound + index % rows * columns + index / rows] = value
                }
            case .added(let range):
                // A zero changes nothing, not even the sign of another.
                for (place, value) in zip(range, values) where value != 0 { buffer[place] += value }
            case .absent(_, let hasEffect):
                if hasEffect, values.contains(where: { $0 != 0 }) { return false }
            }
        }
        return true
    }
}
