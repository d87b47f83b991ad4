import Crypto
import Foundation

/// What a client on TCP must know, kept as a hash.
package struct AccessToken: Sendable {
    /// A token that can be guessed is none.
    package static let shortest = 32
    private let hash: SHA256Digest

    package init(_ text: String) {
        hash = Self.hash(text)
    }

    /// Takes as long for a text that is nearly right as for any other.
    package func matches(_ text: some StringProtocol) -> Bool {
        // Digests are compared in constant time.
        hash == Self.hash(text)
    }

    /// A new one: 256 bits from the system's random generator, in 64 hexadecimal digits.
    static func random() -> String {
        var generator = SystemRandomNumberGenerator()
        return (0..<4).map { _ in
            let digits = String(generator.next() as UInt64, radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }.joined()
    }

    private static func hash(_ text: some StringProtocol) -> SHA256Digest {
        SHA256.hash(data: Data(text.utf8))
    }
}
