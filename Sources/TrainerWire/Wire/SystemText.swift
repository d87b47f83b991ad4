import Glibc

/// The system's words for its errors.
enum SystemText {
    /// For the call made just before, for example `No such file or directory`.
    static var last: String { text(errno) }

    static func text(_ number: Int32) -> String {
        var text = [CChar](repeating: 0, count: 256)
        guard unsafe strerror_r(number, &text, text.count) == 0 else { return "error \(number)" }
        return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}
