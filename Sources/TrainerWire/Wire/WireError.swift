import Files

/// Why a trainer in another process, or the daemon, cannot be talked with, in a sentence.
package struct WireError: Error, Sendable, Equatable, CustomStringConvertible {
    package enum Code: Sendable {
        /// The other side is gone.
        case closed
        /// The other side sends what it must not.
        case malformed
        /// Whoever it is does not know the secret, or speaks another version.
        case stranger
        /// The system refuses something.
        case system
    }

    package let code: Code
    package let description: String

    package init(_ code: Code, _ description: String) {
        self.code = code
        self.description = description
    }

    /// The failure of the call made just before.
    static func system(_ what: String) -> WireError {
        WireError(.system, "\(what): \(SystemError.last)")
    }
}
