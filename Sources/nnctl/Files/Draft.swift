import CFiles
import Glibc

/// A file that is being written and has no place yet. It has no name either, so that nothing of it stays however the process
/// ends; where a file system has no such files (O_TMPFILE), it has one that goes with it, also at a signal.
final class Draft {
    let descriptor: Int32
    private let folder: String
    /// nil when it has none.
    private var name: String?
    private var signals: Signals?

    /// Fails with `errno` when it cannot be made.
    ///
    /// - Parameters:
    ///   - folder: With its slash at the end; empty for the working directory.
    ///   - isNamed: Whether it has a name in any case.
    init?(in folder: String, named isNamed: Bool) {
        self.folder = folder
        let directory = folder.isEmpty ? "." : folder
        let unnamed =
            isNamed ? -1 : unsafe open(directory, O_WRONLY | nnd_o_tmpfile | O_CLOEXEC, 0o666)
        // By this name the file gets its place.
        if unnamed >= 0, unsafe access(Self.address(of: unnamed), F_OK) == 0 {
            descriptor = unnamed
            return
        }
        if unnamed >= 0 { close(unnamed) }
        let name = Self.freshName(in: folder)
        signals = Signals(Signals.deadly.filter { !Signals.isIgnored($0) }) { number in
            unsafe unlink(name)
            Signals.die(by: number)
        }
        descriptor = unsafe open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else {
            let number = errno
            signals?.restore()
            signals = nil
            errno = number
            return nil
        }
        self.name = name
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
        if let name { unsafe unlink(name) }
        signals?.restore()
    }

    /// Gives the file its place in the same folder, and makes that durable.
    ///
    /// - Returns: Whether it is there; otherwise `errno` says why, EEXIST that another file is there and must not go.
    func move(to place: String, replacing isReplacing: Bool) -> Bool {
        guard let name else {
            // A link never takes the place of another file.
            if link(to: place) { return synchronized() }
            guard isReplacing, errno == EEXIST else { return false }
            let name = Self.freshName(in: folder)
            guard link(to: name) else { return false }
            self.name = name
            return move(to: place, replacing: true)
        }
        if !isReplacing {
            if unsafe Glibc.link(name, place) == 0 { return synchronized() }
            guard errno != EEXIST else { return false }
            // Not every file system has hard links. An empty file that was not there before is ours to replace.
            let empty = unsafe open(place, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
            guard empty >= 0 else { return false }
            close(empty)
        }
        guard unsafe rename(name, place) == 0 else { return false }
        self.name = nil
        return synchronized()
    }

    private func link(to path: String) -> Bool {
        unsafe linkat(AT_FDCWD, Self.address(of: descriptor), AT_FDCWD, path, AT_SYMLINK_FOLLOW) == 0
    }

    /// Not every file system can do it for a folder; the file is there all the same.
    private func synchronized() -> Bool {
        let directory = unsafe open(folder.isEmpty ? "." : folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard directory >= 0 else { return true }
        fsync(directory)
        close(directory)
        return true
    }

    private static func address(of descriptor: Int32) -> String { "/proc/self/fd/\(descriptor)" }

    /// Short, whatever the file will be called: names have 255 bytes at most.
    private static func freshName(in folder: String) -> String {
        "\(folder).nnctl-\(getpid())-\(String(UInt32.random(in: .min ... .max), radix: 16)).part"
    }
}
