import Control
import Glibc

/// Whether systemd's journal reads what the daemon writes.
enum JournalStream {
    /// `JOURNAL_STREAM` names the device and the inode of the journal's end, systemd.exec(5). A child of a service inherits the variable, and
    /// not always the stream; so both are compared.
    static func isRead(by environment: [String: String]) -> Bool {
        guard let name = environment["JOURNAL_STREAM"],
            let end = FileIdentity(descriptor: STDERR_FILENO)
        else { return false }
        return name == "\(end.device):\(end.inode)"
    }
}
