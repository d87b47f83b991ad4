public import Foundation

/// Dates on the wire: ISO 8601 in UTC with exactly three decimals, `2026-01-31T23:59:59.000Z`.
public enum WireDate {
    private static let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)

    /// The date to the nearest millisecond.
    public static func string(_ date: Date) -> String {
        let milliseconds = milliseconds(date)
        if let text = CivilTime.string(milliseconds: milliseconds) { return text }
        // The style cuts off what is below a millisecond. A date that stands for .123 s may lie a little
        // below it in binary and would come out as .122; half a millisecond more makes cutting the same as
        // rounding.
        return style.format(Date(timeIntervalSince1970: (milliseconds + 0.5) / 1000))
    }

    /// Since 1970, to the nearest whole number.
    static func milliseconds(_ date: Date) -> Double {
        (date.timeIntervalSince1970 * 1000).rounded()
    }

    /// - Returns: nil when the text is no such date.
    public static func date(_ text: String) -> Date? {
        if let milliseconds = CivilTime.milliseconds(text) {
            return Date(timeIntervalSince1970: milliseconds / 1000)
        }
        guard let parsed = try? style.parse(text) else { return nil }
        return Date(timeIntervalSince1970: (parsed.timeIntervalSince1970 * 1000).rounded() / 1000)
    }
}
