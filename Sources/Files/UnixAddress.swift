package import Glibc

/// Where a Unix socket is, unix(7).
package struct UnixAddress {
    private var address = sockaddr_un()
    private let length: socklen_t

    /// Bytes that a name has at most; of a path one more stays free, which is zero and ends it.
    package static let longestName = MemoryLayout.size(ofValue: sockaddr_un().sun_path)

    /// - Parameter name: A path, or a zero and a name without a file; what is too long is left out.
    package init(_ name: some Collection<UInt8>) {
        let name = name.prefix(Self.longestName - 1)
        address.sun_family = sa_family_t(AF_UNIX)
        unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: name) }
        // It tells where a name without a file ends.
        length = socklen_t((MemoryLayout.offset(of: \sockaddr_un.sun_path) ?? 0) + name.count)
    }

    /// Calls `body` with the address as `connect` and its like take it.
    package func withPointer<Value>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Value) -> Value {
        unsafe withUnsafePointer(to: address) {
            unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { unsafe body($0, length) }
        }
    }
}
