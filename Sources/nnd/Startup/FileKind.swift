import Foundation

/// What stands at a path.
package enum FileKind: Sendable, Equatable {
    case missing
    case directory
    case socket
    /// A plain file, a device, …, or something that may not be looked at.
    case other

    /// Follows symbolic links.
    package init(at path: String) {
        guard let resolved = unsafe realpath(path, nil) else {
            // ENOTDIR: something above it is a file, so nothing stands here either.
            self = errno == ENOENT || errno == ENOTDIR ? .missing : .other
            return
        }
        defer { unsafe free(resolved) }
        let target = unsafe String(cString: resolved)
        let type = try? FileManager.default.attributesOfItem(atPath: target)[.type] as? FileAttributeType
        self =
            switch type {
            case .typeDirectory: .directory
            case .typeSocket: .socket
            // Gone in the meantime, or not to be looked at.
            case nil: unsafe access(path, F_OK) == 0 ? .other : .missing
            default: .other
            }
    }
}
