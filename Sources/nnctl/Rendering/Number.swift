import Glibc

/// Numbers as people read them. Plain arithmetic: the formatters of Foundation cost more start-up time than
/// all of `nnctl status` has.
package enum Number {
    /// With exactly so many decimals, halves rounded away from zero.
    package static func fixed(_ value: Double, _ places: Int) -> String {
        guard value.isFinite else { return special(value) }
        let scale = (0..<places).reduce(into: 1.0) { scale, _ in scale *= 10 }
        let scaled = (value.magnitude * scale).rounded()
        // Beyond this a Double has no decimals left, and an Int64 would overflow.
        guard scaled < 9e15 else { return scientific(value) }
        let digits = String(Int64(scaled))
        let padded = String(repeating: "0", count: max(0, places + 1 - digits.count)) + digits
        let sign = value < 0 && scaled > 0 ? "-" : ""
        guard places > 0 else { return sign + padded }
        return "\(sign)\(padded.dropLast(places)).\(padded.suffix(places))"
    }

    /// `1.23e-05`
    package static func scientific(_ value: Double) -> String {
        guard value.isFinite else { return special(value) }
        // Below this the power of ten would vanish, and no loss is told from zero there.
        guard value.magnitude > 1e-300 else { return "0.00e+00" }
        var exponent = Int(log10(value.magnitude).rounded(.down))
        var mantissa = value / pow(10, Double(exponent))
        // Rounding to two decimals may carry over: 9.999 is 10.00, which is written 1.00e+01.
        if (mantissa.magnitude * 100).rounded() >= 1000 {
            mantissa /= 10
            exponent += 1
        }
        let digits = String(exponent.magnitude)
        return fixed(mantissa, 2) + (exponent < 0 ? "e-" : "e+") + (digits.count < 2 ? "0" : "") + digits
    }

    /// A loss: four decimals where they say something, else scientific.
    package static func loss(_ value: Double) -> String {
        guard value.isFinite else { return special(value) }
        return value == 0 || (1e-3..<1e5).contains(value.magnitude) ? fixed(value, 4) : scientific(value)
    }

    /// A metric by its name: what is called accuracy has three decimals, everything else is shown as a loss.
    static func metric(_ name: String, _ value: Double) -> String {
        name.hasSuffix("accuracy") ? fixed(value, 3) : loss(value)
    }

    /// Three significant digits and a thousands' letter: `84.1k`, `9.53`, `1.20M`.
    package static func rate(_ value: Double) -> String {
        guard value.isFinite else { return special(value) }
        return scaled(value, letters: ["", "k", "M", "G", "T"])
    }

    /// Bytes in decimal units: `1.42 MB`, `312 B`.
    package static func bytes(_ count: Int) -> String {
        count < 1000 ? "\(count) B" : scaled(Double(count), letters: [" B", " kB", " MB", " GB", " TB"])
    }

    private static func scaled(_ value: Double, letters: [String]) -> String {
        var value = value
        var index = 0
        // 999.5 would be shown as 1000; it belongs to the next letter.
        while value.magnitude >= 999.5, index < letters.count - 1 {
            value /= 1000
            index += 1
        }
        let places = value.magnitude < 9.995 ? 2 : value.magnitude < 99.95 ? 1 : 0
        return fixed(value, places) + letters[index]
    }

    private static func special(_ value: Double) -> String {
        value.isNaN ? "NaN" : value < 0 ? "-inf" : "inf"
    }
}
