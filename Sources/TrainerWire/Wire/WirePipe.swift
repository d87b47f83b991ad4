import Glibc

/// A new pipe, whose ends no program inherits that is started. They are not closed by themselves.
struct WirePipe {
    let reader: Int32
    let writer: Int32

    /// - Throws: `WireError` when the system refuses it.
    init() throws(WireError) {
        var ends: [Int32] = [-1, -1]
        guard unsafe pipe(&ends) == 0 else { throw .system("a pipe cannot be made") }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        (reader, writer) = (ends[0], ends[1])
    }

    func close() {
        for end in [reader, writer] { Glibc.close(end) }
    }
}
