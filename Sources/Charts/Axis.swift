import Foundation

/// One axis of a chart: which numbers it covers, and where its ticks are.
package struct Axis: Equatable {
    /// How numbers are spread over the axis.
    package enum Scale: Sendable {
        case linear
        /// Equal ratios are equally far apart; only numbers above 0 have a place.
        case logarithmic

        /// A number whose distances are those on the axis.
        func placed(_ value: Double) -> Double { self == .linear ? value : log10(value) }

        /// The number that ``placed(_:)`` was given.
        func inverse(_ place: Double) -> Double { self == .linear ? place : pow(10, place) }
    }

    package struct Tick: Equatable {
        package let value: Double
        package let label: String
    }

    package let scale: Scale
    package let range: ClosedRange<Double>
    package let ticks: [Tick]

    /// An axis that begins and ends at a tick and holds all of `values` that have a place on it.
    package init(_ scale: Scale, covering values: some Sequence<Double>) {
        let shown = values.filter { $0.isFinite && (scale == .linear || $0 > 0) }
        // No tick then has a number that a Double cannot hold; what lies beyond is drawn outside.
        let limits = scale == .linear ? -1e300...1e300 : 1e-300...1e300
        let low = limits.clamping(shown.min() ?? (scale == .linear ? 0 : 0.1))
        let high = limits.clamping(shown.max() ?? 1)
        let positions =
            switch scale {
            case .linear: Axis.linearTicks(from: low, to: high)
            case .logarithmic: Axis.logarithmicTicks(from: low, to: high)
            }
        self.scale = scale
        let digits = scale == .linear ? Axis.digits(apart: positions) : 0
        ticks = positions.map { Tick(value: $0, label: Axis.label($0, digits: digits)) }
        range = (positions.first ?? 0)...(positions.last ?? 1)
    }

    /// Where a number lies, 0 at the start of the axis and 1 at its end; nil when it has no place on it.
    package func position(_ value: Double) -> Double? {
        guard value.isFinite else { return nil }
        switch scale {
        case .linear: return (value - range.lowerBound) / (range.upperBound - range.lowerBound)
        case .logarithmic:
            guard value > 0 else { return nil }
            return log10(value / range.lowerBound) / log10(range.upperBound / range.lowerBound)
        }
    }

    /// Four to nine multiples of 1, 2 or 5 times a power of ten.
    private static func linearTicks(from low: Double, to high: Double) -> [Double] {
        // Numbers that are the same but for their last bits have no ticks between them.
        let isSpread = high - low > max(abs(low), abs(high)) * 1e-12 && high - low > 1e-290
        let span = isSpread ? high - low : max(abs(high), 1)
        let power = pow(10, floor(log10(span / 5)))
        let step = [1, 2, 5, 10].map { $0 * power }.first { span / $0 <= 7 } ?? 10 * power
        let first = Int(floor(low / step + 1e-9))
        let last = max(first + 1, Int(ceil(high / step - 1e-9)))
        return (first...last).map { Double($0) * step }
    }

    /// Powers of ten; over few of them 1, 2 and 5 times each as well, over many of them not all.
    private static func logarithmicTicks(from low: Double, to high: Double) -> [Double] {
        let factors: [Double] = high / low < 100 ? [1, 2, 5] : [1]
        let decades = Int(floor(log10(low)))...Int(ceil(log10(high)) + 1)
        let all = decades.flatMap { decade in factors.map { $0 * pow(10, Double(decade)) } }
        let first = all.lastIndex { $0 <= low * (1 + 1e-9) } ?? 0
        let last = max(first + 1, all.firstIndex { $0 >= high * (1 - 1e-9) } ?? all.count - 1)
        let stride = max(1, (last - first + 7) / 8)
        return Swift.stride(from: first, to: last + stride, by: stride).map {
            $0 < all.count ? all[$0] : pow(10, Double(decades.lowerBound + $0))
        }
    }

    /// How many digits tell numbers that lie evenly from one another.
    private static func digits(apart values: [Double]) -> Int {
        guard let first = values.first, let last = values.last, last > first else { return 0 }
        return digits(of: max(abs(first), abs(last)), over: (last - first) / Double(values.count - 1))
    }

    /// How many digits of a number of this size it takes for one of the size of `step`; no more than a Double has.
    private static func digits(of size: Double, over step: Double) -> Int {
        guard size > 0, step > 0 else { return 0 }
        let digits = floor(log10(size) + 1e-9) - floor(log10(step) + 1e-9) + 1
        return Int(min(max(digits, 0), 15))
    }

    /// A tick's number as it is written beside it: powers of ten that are far from 1 with an exponent, unless it takes more digits
    /// to tell it from the next one.
    private static func label(_ value: Double, digits: Int) -> String {
        let size = abs(value)
        let isPlain = (1e-3..<1e5).contains(size) || (digits > 3 && (1e5..<1e9).contains(size))
        guard size > 0, !isPlain else { return String(format: "%.\(max(6, digits))g", value) }
        let exponent = Int(floor(log10(size) + 1e-9))
        let factor = value / pow(10, Double(exponent))
        let power = "10" + String(exponent).map { superscripts[$0] ?? $0 }
        return abs(factor - 1) < 1e-9 ? power : String(format: "%.\(max(3, digits))g·", factor) + power
    }

    /// A number of an axis that has no ticks, with four digits, or as many as the ends of the axis take to differ, which are `span`
    /// apart.
    package static func shortLabel(_ value: Double, over span: Double) -> String {
        let size = abs(value)
        let digits = max(4, digits(of: size, over: span) + 1)
        let isPlain = size == 0 || (1e-3..<1e6).contains(size) || (digits > 4 && (1e6..<1e9).contains(size))
        guard isPlain else { return String(format: "%.\(digits - 2)e", value) }
        let isWhole = size >= 1000 && size >= pow(10, Double(digits - 1))
        return String(format: isWhole ? "%.0f" : "%.\(digits)g", value)
    }

    private static let superscripts: [Character: Character] = [
        "-": "⁻", "0": "⁰", "1": "¹", "2": "²", "3": "³", "4": "⁴", "5": "⁵", "6": "⁶", "7": "⁷", "8": "⁸",
        "9": "⁹",
    ]
}

extension ClosedRange {
    fileprivate func clamping(_ value: Bound) -> Bound { Swift.min(Swift.max(value, lowerBound), upperBound) }
}
