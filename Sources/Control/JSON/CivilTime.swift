/// The calendar of ``WireDate`` for the years 1600 to 9999, in plain arithmetic; the styles of Foundation take
/// twenty times as long.
///
/// Days are converted as by H. Hinnant, "chrono-Compatible Low-Level Date Algorithms"
/// (http://howardhinnant.github.io/date_algorithms.html).
enum CivilTime {
    private static let years = 1600...9999

    /// `2026-01-31T23:59:59.000Z` of a whole number of milliseconds since 1970 in UTC; nil outside of those years.
    static func string(milliseconds: Double) -> String? {
        var text: [UInt8] = []
        return append(milliseconds, to: &text) ? String(decoding: text, as: UTF8.self) : nil
    }

    /// - Returns: Whether it is in those years; nothing is appended if not.
    static func append(_ milliseconds: Double, to text: inout [UInt8]) -> Bool {
        guard milliseconds.magnitude < 1e15 else { return false }
        let (days, time) = divided(Int(milliseconds), 86_400_000)
        let (year, month, day) = date(days)
        guard years.contains(year) else { return false }
        append(year, from: 1000, "-", to: &text)
        append(month, from: 10, "-", to: &text)
        append(day, from: 10, "T", to: &text)
        append(time / 3_600_000, from: 10, ":", to: &text)
        append(time / 60_000 % 60, from: 10, ":", to: &text)
        append(time / 1000 % 60, from: 10, ".", to: &text)
        append(time % 1000, from: 100, "Z", to: &text)
        return true
    }

    /// The digits of a number, the first of which stands for `power`, and what follows them.
    private static func append(_ number: Int, from power: Int, _ end: Unicode.Scalar, to text: inout [UInt8])
    {
        var power = power
        while power > 0 {
            text.append(UInt8(48 + number / power % 10))
            power /= 10
        }
        text.append(UInt8(ascii: end))
    }

    /// Milliseconds since 1970; nil unless the text is a time of those years, written exactly so.
    static func milliseconds(_ text: String) -> Double? {
        milliseconds(Array(text.utf8)[...])
    }

    static func milliseconds(_ text: ArraySlice<UInt8>) -> Double? {
        guard text.count == 24 else { return nil }
        let start = text.startIndex
        /// -1 unless there are that many digits and then that mark.
        func number(_ offset: Int, _ digits: Int, _ mark: Unicode.Scalar) -> Int {
            var value = 0
            for byte in text[(start + offset)..<(start + offset + digits)] {
                guard (48...57).contains(byte) else { return -1 }
                value = 10 * value + Int(byte) - 48
            }
            return text[start + offset + digits] == UInt8(ascii: mark) ? value : -1
        }
        let (year, month, day) = (number(0, 4, "-"), number(5, 2, "-"), number(8, 2, "T"))
        let (hour, minute, second) = (number(11, 2, ":"), number(14, 2, ":"), number(17, 2, "."))
        let fraction = number(20, 3, "Z")
        guard years.contains(year), (1...12).contains(month), day >= 1, (0..<24).contains(hour),
            (0..<60).contains(minute), (0..<60).contains(second), fraction >= 0
        else { return nil }
        let days = self.days(year, month, day)
        // The 31st of a month of 30 days would be the first of the next.
        guard date(days) == (year, month, day) else { return nil }
        return Double((((days * 24 + hour) * 60 + minute) * 60 + second) * 1000 + fraction)
    }

    /// Days since 1970 of a date of the proleptic Gregorian calendar; years begin in March here.
    private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let year = month <= 2 ? year - 1 : year
        let (era, yearOfEra) = divided(year, 400)
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    private static func date(_ days: Int) -> (year: Int, month: Int, day: Int) {
        let (era, day) = divided(days + 719_468, 146_097)
        let yearOfEra = (day - day / 1460 + day / 36_524 - day / 146_096) / 365
        let dayOfYear = day - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shifted = (5 * dayOfYear + 2) / 153
        let month = shifted < 10 ? shifted + 3 : shifted - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shifted + 2) / 5 + 1)
    }

    /// The quotient rounded down, and what is left.
    private static func divided(_ number: Int, _ divisor: Int) -> (Int, Int) {
        let quotient = number >= 0 ? number / divisor : (number - divisor + 1) / divisor
        return (quotient, number - quotient * divisor)
    }
}
