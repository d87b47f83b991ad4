import Control
import Glibc

/// Makes the directory and every missing one above it, each with mode 0700; one that exists keeps its mode.
///
/// - Parameters:
///   - path: Where it shall be.
///   - option: The option that names another place, for the error's sentence.
/// - Throws: `cannotCreate` if something that is not a directory is in the way, `noPermission` if this user
///   may not make it.
package func makePrivateDirectory(_ path: String, option: String) throws(StartupError) {
    switch FileKind(at: path) {
    case .directory: return
    case .other, .socket:
        throw StartupError(.cannotCreate, "\(path) is not a directory; give another place with \(option).")
    case .missing: break
    }
    if let slash = path.lastIndex(of: "/"), slash != path.startIndex {
        try makePrivateDirectory(String(path[..<slash]), option: option)
    }
    guard unsafe mkdir(path, 0o700) == 0 || errno == EEXIST else {
        let error = SystemError.last
        throw StartupError(
            error.isPermission ? .noPermission : .cannotCreate,
            "The directory \(path) cannot be made (\(error)); give another place with \(option).")
    }
}
