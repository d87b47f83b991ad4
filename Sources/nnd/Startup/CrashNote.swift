import CCrashes
package import Control
import Glibc

/// Whether the daemon's last life ended by a fault of its own: a trap, an abort, memory that it could not have. What ended by
/// SIGKILL or with the machine's power is none.
package struct CrashNote: Sendable {
    private let path: String

    package init(in directory: StateDirectory) { path = directory.crashNote }

    /// Takes the note of the last life away.
    ///
    /// - Returns: Whether there was one.
    package func take() -> Bool { unsafe unlink(path) == 0 }

    /// From here on such an end of this process leaves a note.
    package func begin() { _ = unsafe nnd_note_crashes(path) }
}
