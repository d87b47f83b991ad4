/// What some numbers have in common, taken in one after another.
package struct ValueSummary: Sendable, Equatable {
    /// Of the finite ones; nil where there are none.
    package private(set) var minimum: Double?
    package private(set) var maximum: Double?
    /// Whether all are whole.
    package private(set) var isWhole = true
    /// How many different ones there are; nil for more than `mostDistinct`.
    package var distinct: Int? { values.count > Self.mostDistinct ? nil : values.count }

    package static let mostDistinct = 1000
    private var values: Set<Double> = []

    mutating func add(_ value: Double) {
        guard value.isFinite else {
            isWhole = false
            return
        }
        minimum = min(minimum ?? value, value)
        maximum = max(maximum ?? value, value)
        if isWhole, value != value.rounded() { isWhole = false }
        if values.count <= Self.mostDistinct { values.insert(value) }
    }

    mutating func add(_ bytes: [UInt8]) {
        var isThere = [Bool](repeating: false, count: 256)
        for byte in bytes { isThere[Int(byte)] = true }
        for value in 0..<256 where isThere[value] { add(Double(value)) }
    }
}
