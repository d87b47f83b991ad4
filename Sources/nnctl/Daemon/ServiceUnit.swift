/// A unit of systemd's that runs the daemon, systemd.service(5). Their text is in `Units`, which the Debian package takes too.
package struct ServiceUnit: Sendable {
    package let name: String
    package let text: String

    /// The units for one user's daemon, whose absolute path this is.
    package static func user(program: String) -> [ServiceUnit] {
        [ServiceUnit("nnd.service", PackageResources.nnd_user_service, program)]
    }

    /// The units for the whole system's daemon, whose absolute path this is.
    package static func system(program: String) -> [ServiceUnit] {
        [
            ServiceUnit("nnd.service", PackageResources.nnd_service, program),
            ServiceUnit("nnd.socket", PackageResources.nnd_socket, program),
        ]
    }

    /// - Parameters:
    ///   - name: The unit's file.
    ///   - template: Its text for the program that the Debian package has.
    ///   - program: The path that comes in that one's place.
    private init(_ name: String, _ template: [UInt8], _ program: String) {
        self.name = name
        text = String(decoding: template, as: UTF8.self)
            .replacing("\nExecStart=/usr/bin/nnd ", with: "\nExecStart=\(Self.word(program)) ")
    }

    /// Whether systemd runs a program of this path, however it is written.
    package static func canRun(_ path: String) -> Bool {
        !path.unicodeScalars.contains {
            "\"'\\".unicodeScalars.contains($0) || $0.value < 0x20 || $0.value == 0x7F
        }
    }

    /// As systemd reads the program of a command line: `%` has a meaning there, and a space ends it; `$` has none before the
    /// arguments.
    private static func word(_ path: String) -> String {
        if path.utf8.allSatisfy({ $0 == UInt8(ascii: "/") || $0.isPlain }) { return path }
        return "\"\(path.replacing("%", with: "%%"))\""
    }
}

extension UInt8 {
    /// Whether the byte is of a letter, a digit, or one of `.`, `_`, `-`.
    fileprivate var isPlain: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"):
            true
        default: false
        }
    }
}
