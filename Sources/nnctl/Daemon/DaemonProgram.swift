import Control
import Glibc

/// Where the daemon's program is: beside `nnctl` itself, so that both are of one version, else on the search
/// path.
enum DaemonProgram {
    static func find(searchPath: String?) throws(Failure) -> String {
        let directories = [ownDirectory].compactMap { $0 }
        if let program = SearchPath.program("nnd", first: directories, searchPath: searchPath) {
            return program
        }
        throw Failure(
            .cannotCreate,
            "There is no nnd beside nnctl or on the search path; install it, or start it yourself.")
    }

    /// Where `nnctl` itself is.
    static func ownPath() throws(Failure) -> String {
        guard let buffer = unsafe realpath("/proc/self/exe", nil) else {
            throw .system(.cannotCreate, "cannot tell where nnctl is")
        }
        defer { unsafe free(buffer) }
        return unsafe String(cString: buffer)
    }

    private static var ownDirectory: String? {
        guard let program = try? ownPath() else { return nil }
        return program.lastIndex(of: "/").map { String(program[..<$0]) }
    }
}
