import Foundation

/// A directory of a test's own, short enough in its path for a Unix socket, removed with `remove()`.
package struct TemporaryDirectory {
    package let path: String

    package init() throws {
        path = "/tmp/nnd-\(UUID().uuidString.prefix(13))"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    }

    package func file(_ name: String) -> String { path + "/" + name }

    package func remove() {
        try? FileManager.default.removeItem(atPath: path)
    }
}
