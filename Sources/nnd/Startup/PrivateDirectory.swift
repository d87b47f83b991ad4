import Control
import Files
import Glibc

/// Makes the directory and every missing one above it, each with mode 0700, or 0750 for a group; one that exists keeps
/// its mode.
///
/// - Parameters:
///   - path: Where it shall be.
///   - group: Who else may enter what is made.
///   - option: The option that names another place, for the error's sentence.
/// - Throws: `cannotCreate` if something that is not a directory is in the way, `noPermission` if this user
///   may not make it.
package func makePrivateDirectory(
    _ path: String, for group: SocketGroup? = nil, option: String
) throws(StartupError) {
    switch FileKind(at: path) {
    case .directory: return
    case .other, .socket:
        throw StartupError(.cannotCreate, "\(path) is not a directory; give another place with \(option).")
    case .missing: break
    }
    if let slash = path.lastIndex(of: "/"), slash != path.startIndex {
        try makePrivateDirectory(String(path[..<slash]), for: group, option: option)
    }
    if unsafe mkdir(path, 0o700) == 0 {
        try group?.admit(to: path)
    } else if errno != EEXIST {
        let error = SystemError.last
        throw StartupError(
            error.isPermission ? .noPermission : .cannotCreate,
            "The directory \(path) cannot be made (\(error)); give another place with \(option).")
    }
}
