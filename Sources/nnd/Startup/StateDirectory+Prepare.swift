package import Control
import Files
import Glibc

extension StateDirectory {
    /// Makes the directory (mode 0700) where it is missing and checks that it can be used.
    ///
    /// - Throws: `cannotCreate` if something else is in the way, `noPermission` if this user may not use it or somebody else
    ///   could change what is in it.
    package func prepare() throws(StartupError) {
        try makePrivateDirectory(path, option: "--state-dir")
        do {
            try checkOwner(userID: geteuid())
        } catch {
            throw StartupError(error.exitStatus, error.description)
        }
        guard unsafe access(path, R_OK | W_OK | X_OK) == 0 else {
            let error = SystemError.last
            throw StartupError(
                error.isPermission ? .noPermission : .inputOutput,
                "The state directory \(path) cannot be read and written (\(error)); "
                    + "give one of your own with --state-dir.")
        }
    }
}
