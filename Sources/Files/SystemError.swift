import Glibc

/// What the system said to a call that failed, kept at once because the next call overwrites `errno`.
package struct SystemError: Error, Sendable, Equatable, CustomStringConvertible {
    package var number: Int32

    /// The failure of the call made just before.
    package static var last: SystemError { SystemError(number: errno) }

    package init(number: Int32) {
        self.number = number
    }

    /// Whether the caller lacks a right, rather than the file or the device.
    package var isPermission: Bool { number == EACCES || number == EPERM }

    /// The system's own words, for example `No space left on device`.
    package var description: String {
        var text = [CChar](repeating: 0, count: 256)
        guard unsafe strerror_r(number, &text, text.count) == 0 else { return "error \(number)" }
        return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}
