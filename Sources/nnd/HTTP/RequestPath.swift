import Control

/// Checks a path of a request under a name: the daemon opens it, which has a directory of its own, and the kernel's bound is
/// this one.
///
/// - Throws: `Problem` of code `bad-request`.
func checkPath(_ path: String, named name: String) throws(Problem) {
    guard path.hasPrefix("/"), !path.contains("\0"), path.utf8.count <= 4096 else {
        throw Problem(
            .badRequest,
            "\(name): expected an absolute path of at most 4096 bytes, since the daemon opens it.")
    }
}
