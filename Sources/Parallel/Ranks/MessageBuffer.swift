import Tensor

/// Memory for messages, as large as the largest so far.
struct MessageBuffer {
    private var buffer = FlatBuffer(uninitialized: 0)

    /// Enough for parts of these lengths together; what was in it before may be gone.
    mutating func room(for counts: [Int]) -> FlatBuffer {
        let count = counts.reduce(0, +)
        if buffer.count < count { buffer = FlatBuffer(uninitialized: count) }
        return buffer
    }

    /// Where parts of these lengths begin.
    static func places(_ counts: [Int]) -> [Int] {
        var place = 0
        return counts.map { count in
            defer { place += count }
            return place
        }
    }
}
