/// The environment variables by which a trainer finds the daemon that has started it.
package enum TrainerEnvironment {
    /// The path of the socket.
    package static let socket = "NND_TRAINER_SOCKET"
    /// 64 hexadecimal digits, which nobody else knows.
    package static let secret = "NND_TRAINER_SECRET"
    /// How often it says that it lives, in milliseconds.
    package static let heartbeat = "NND_TRAINER_HEARTBEAT"

    /// 32 random bytes of the system.
    package static func freshSecret() -> String {
        var generator = SystemRandomNumberGenerator()
        return (0..<4).map { _ in
            let digits = String(generator.next() as UInt64, radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }.joined()
    }

    /// Whether two secrets are the same, in a time that does not tell where they differ.
    package static func isSame(_ a: String, _ b: String) -> Bool {
        let (a, b) = (Array(a.utf8), Array(b.utf8))
        guard a.count == b.count, !a.isEmpty else { return false }
        return zip(a, b).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
