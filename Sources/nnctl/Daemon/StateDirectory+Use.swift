package import Control
import Glibc

extension StateDirectory {
    /// Makes the directory, and those above it that are missing, for this user alone.
    package func create() throws(Failure) {
        let ends = path.indices.dropFirst().filter { path[$0] == "/" } + [path.endIndex]
        for end in ends {
            let parent = String(path[..<end])
            guard unsafe mkdir(parent, 0o700) != 0, errno != EEXIST else { continue }
            // One that is there may also be on a read-only file system or in what this user may not write to.
            let number = errno
            guard unsafe access(parent, F_OK) == 0 else {
                throw .system(
                    number == EACCES ? .noPermission : .cannotCreate, "cannot make the directory \(parent)",
                    errno: number)
            }
        }
    }

    /// Waits until no daemon holds the directory any more, that is, until its process is gone and another may
    /// start.
    package func waitUntilUnlocked() throws(Failure) {
        try FileLock(path: lock).release()
    }
}
