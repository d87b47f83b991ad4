/// The calendar of ``WireDate`` for the years 1600 to 9999, in plain arithmetic; the styles of Foundation take
/// twenty times as long.
///
/// Days are converted as by H. Hinnant, "chrono-Compatible Low-Level Date Algorithms"
/// (http://howardhinnant.github.io/date_algorithms.html).
enum CivilTime {
    private static let years = 1600...9999

    /// `2026-01-31T23:59:59.000Z`; nil outside of those years.
    ///
    /// - Parameter milliseconds: A whole number, since 1970 in UTC.
    static func string(milliseconds: Double) -> String? {
        guard milliseconds.magnitude < 1e15 else { return nil }
        let (days, time) = divided(Int(milliseconds), 86_400_000)
        let (year, month, day) = date(days)
        guard years.contains(year) else { return nil }
        let (seconds, fraction) = (time / 1000, time % 1000)
        var text: [UInt8] = []
        text.reserveCapacity(24)
        for (number, digits, end) in [
            (year, 4, "-"), (month, 2, "-"), (day, 2, "T"), (seconds / 3600, 2, ":"),
            (seconds / 60 % 60, 2, ":"), (seconds % 60, 2, "."), (fraction, 3, "Z"),
        ] {
            var power = digits == 4 ? 1000 : digits == 3 ? 100 : 10
            while power > 0 {
                text.append(UInt8(48 + number / power % 10))
                power /= 10
            }
            text.append(contentsOf: end.utf8)
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// Milliseconds since 1970; nil unless the text is a time of those years, written exactly so.
    static func milliseconds(_ text: String) -> Double? {
        let bytes = Array(text.utf8)
        let marks = Array("0000-00-00T00:00:00.000Z".utf8)
        guard bytes.count == marks.count else { return nil }
        for (byte, mark) in zip(bytes, marks) {
            guard mark == 48 ? (48...57).contains(byte) : byte == mark else { return nil }
        }
        func number(_ range: Range<Int>) -> Int { bytes[range].reduce(0) { 10 * $0 + Int($1) - 48 } }
        let (year, month, day) = (number(0..<4), number(5..<7), number(8..<10))
        let (hour, minute, second) = (number(11..<13), number(14..<16), number(17..<19))
        guard years.contains(year), (1...12).contains(month), day >= 1, hour < 24, minute < 60, second < 60
        else { return nil }
        let days = self.days(year, month, day)
        // The 31st of a month of 30 days would be the first of the next.
        guard date(days) == (year, month, day) else { return nil }
        return Double((((days * 24 + hour) * 60 + minute) * 60 + second) * 1000 + number(20..<23))
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
