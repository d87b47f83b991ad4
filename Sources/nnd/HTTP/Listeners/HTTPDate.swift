import Glibc

/// Dates as header fields have them: RFC 9110, 5.6.7.
enum HTTPDate {
    /// Made anew for each answer: a copy kept up to date by a timer would wake an idle daemon every second.
    static var now: String {
        var seconds = time(nil)
        var parts = unsafe tm()
        unsafe gmtime_r(&seconds, &parts)
        var text = [CChar](repeating: 0, count: 64)
        // In the locale "C", that of a program that sets none.
        let count = unsafe strftime(&text, text.count, "%a, %d %b %Y %H:%M:%S GMT", &parts)
        return String(decoding: text.prefix(count).map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}
