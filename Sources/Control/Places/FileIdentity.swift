import Glibc

/// Which file an open descriptor leads to.
package struct FileIdentity: Sendable, Equatable {
    package let device: UInt
    package let inode: UInt
    /// Whether it is a file proper: no pipe, no directory, no device.
    package let isFile: Bool

    /// Nil if the descriptor is not open.
    package init?(descriptor: Int32) {
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else { return nil }
        device = status.st_dev
        inode = status.st_ino
        isFile = status.st_mode & S_IFMT == S_IFREG
    }
}
