import Crypto
import Foundation

/// What computes on a rank, whatever the job: other programs, and other functions of the C library, may give other bits.
package struct ProgramIdentity: Sendable, Codable, Equatable {
    /// The name of the machine.
    package var host: String
    /// The SHA-256 of the program.
    package var build: String
    /// The C library and its version, for example `glibc 2.41`.
    package var library: String

    /// Of this process.
    package static let own = ProgramIdentity(
        host: ProcessInfo.processInfo.hostName, build: digestOfProgram, library: versionOfLibrary)

    private static var digestOfProgram: String {
        let program = try? Data(contentsOf: URL(filePath: "/proc/self/exe"), options: .alwaysMapped)
        return program.map { "\(SHA256.hash(data: $0))" } ?? ""
    }

    private static var versionOfLibrary: String {
        var text = [CChar](repeating: 0, count: 256)
        _ = unsafe confstr(Int32(_CS_GNU_LIBC_VERSION), &text, text.count - 1)
        return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    /// Why a rank with this one cannot train together with rank 0, in a sentence; nil if it can.
    func problem(ofRank rank: Int, besides first: ProgramIdentity) -> String? {
        if build != first.build {
            return
                "rank \(rank) on \(host) runs another build of nnd-rank; install the same package on all hosts"
        }
        if library != first.library {
            return
                "rank \(rank) on \(host) has \(library), rank 0 has \(first.library), which may give other bits; use hosts with "
                + "the same system"
        }
        return nil
    }
}
