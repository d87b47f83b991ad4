import Foundation

/// How samples of files are kept: in memory up to a limit, and beyond it in files.
///
/// A plain IDX file is then read where it lies, row by row. Compressed files and tables are decoded once into a file
/// without a name, which the system removes with the process, however that ends. What a job computes is the same.
public struct SampleStorage: Sendable, Equatable {
    /// Bytes of samples that may be held in memory.
    public var memoryLimit: Int
    /// Where files without a name are made; made itself where it is not there. Better not in memory, as `/tmp` is on
    /// some systems.
    public var directory: String
    /// A table's line of more bytes is an error: without a bound, a small gzip file could fill the memory with one line.
    package var longestLine = 1 << 26
    /// Bytes that are left to others on the file system: the database of a daemon may lie there too.
    package var reserve = 256 << 20

    /// Storage with these limits.
    public init(memoryLimit: Int, directory: String) {
        self.memoryLimit = memoryLimit
        self.directory = directory
    }

    /// What holds where nobody says otherwise.
    ///
    /// The directory is the first that is given of `$NND_CACHE`, `$CACHE_DIRECTORY` (systemd's), `$XDG_CACHE_HOME/nnd`,
    /// `/var/cache/nnd` for root, `$HOME/.cache/nnd`, `/var/tmp`.
    /// - Parameter available: Bytes of memory that the process can have; nil stands for the machine's. A quarter of them may
    ///   hold samples, unless `$NND_DATA_MEMORY` names another number of bytes.
    /// - Returns: The limit and the directory; whether the directory is there is not looked at.
    public static func standard(available: Double? = nil) -> SampleStorage {
        let process = ProcessInfo.processInfo
        return standard(
            available: available ?? Double(process.physicalMemory), environment: process.environment,
            userID: geteuid())
    }

    /// The same, with what is known of the process.
    package static func standard(
        available: Double, environment: [String: String], userID: UInt32
    ) -> SampleStorage {
        let wanted = environment["NND_DATA_MEMORY"].flatMap { Int($0) }.map { max(0, $0) }
        return SampleStorage(
            memoryLimit: wanted ?? Int(max(0, min(available / 4, 0x1p62))),
            directory: directory(environment, userID: userID))
    }

    /// The same, after `bytes` of the memory have been used up.
    package func reduced(by bytes: Int) -> SampleStorage {
        var rest = self
        rest.memoryLimit = max(0, memoryLimit - bytes)
        return rest
    }

    private static func directory(_ environment: [String: String], userID: UInt32) -> String {
        func absolute(_ name: String) -> String? {
            environment[name].flatMap { $0.hasPrefix("/") ? $0 : nil }
        }
        if let path = absolute("NND_CACHE") { return path }
        // systemd separates several directories by colons; the first is the service's own.
        if let path = absolute("CACHE_DIRECTORY")?.split(separator: ":").first { return String(path) }
        if let path = absolute("XDG_CACHE_HOME") { return "\(path)/nnd" }
        if userID == 0 { return "/var/cache/nnd" }
        return absolute("HOME").map { "\($0)/.cache/nnd" } ?? "/var/tmp"
    }
}
