import Glibc

/// The address of a Unix socket that has a file.
struct UnixPath {
    private var address = sockaddr_un()

    /// - Throws: `WireError` for a path that no address holds.
    init(_ path: String) throws(WireError) {
        address.sun_family = sa_family_t(AF_UNIX)
        let room = MemoryLayout.size(ofValue: address.sun_path)
        let bytes = Array(path.utf8)
        // One stays free, which is zero and ends it.
        guard bytes.count < room, !bytes.isEmpty else {
            throw WireError(
                .system,
                "the path of a socket has at most \(room - 1) bytes, and \(path) has \(bytes.count); set TMPDIR to a shorter one"
            )
        }
        unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: bytes) }
    }

    /// Calls `body` with the address as `connect` and `bind` take it.
    func withPointer(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32) -> Int32 {
        unsafe withUnsafePointer(to: address) {
            unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
    }

    /// A socket that is not connected yet.
    static func socket() throws(WireError) -> Int32 {
        let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        let descriptor = Glibc.socket(AF_UNIX, kind, 0)
        guard descriptor >= 0 else { throw .system("a socket cannot be made") }
        return descriptor
    }
}
