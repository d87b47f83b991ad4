import CFiles
import Foundation

/// Collects the elements of a file as they are decoded: in memory at first, and in a file without a name once it is
/// told to.
struct SampleWriter<Element: BitwiseCopyable & Sendable> {
    /// Elements that are not in the file; to be appended to.
    var held: [Element] = []
    private var file: SampleFile?
    private var written = 0
    private let path: String
    private let storage: SampleStorage

    /// - Parameters:
    ///   - path: The file that is decoded, for sentences.
    ///   - storage: Where the elements go beyond its limit.
    init(path: String, storage: SampleStorage) {
        self.path = path
        self.storage = storage
    }

    /// How many elements there are so far.
    var count: Int { written + held.count }
    /// Bytes in memory.
    var heldBytes: Int { held.count * MemoryLayout<Element>.stride }
    /// Whether elements go to a file.
    var isSpilling: Bool { file != nil }

    /// Moves what is held, and all that follows, to a file.
    /// - Throws: `DataError` when none can be made or the disk is full.
    mutating func spill() throws(DataError) {
        guard file == nil else { return }
        file = SampleFile(nameless: try storage.makeNamelessFile(for: path), for: path)
        try write()
        // The memory of the array that has grown so far.
        held = []
    }

    /// Writes what is held to the file, if elements go to one and there are enough.
    mutating func flush() throws(DataError) {
        if file != nil, heldBytes >= 1 << 20 { try write() }
    }

    /// All elements.
    mutating func finish() throws(DataError) -> SampleStore<Element> {
        guard let file else { return .memory(held) }
        try write()
        return .file(file, offset: 0, count: written)
    }

    private mutating func write() throws(DataError) {
        guard let file, !held.isEmpty else { return }
        guard file.freeSpace > heldBytes + storage.reserve else { throw storage.noSpace(for: path) }
        let offset = written * MemoryLayout<Element>.stride
        let failure = unsafe held.withUnsafeBytes { unsafe file.write($0, at: offset) }
        switch failure {
        case nil: break
        case ENOSPC, EDQUOT: throw storage.noSpace(for: path)
        case let code?:
            throw DataError(
                .unwritable, file: path,
                "the decoded samples cannot be written to \(storage.directory): \(systemMessage(code))")
        }
        written += held.count
        held.removeAll(keepingCapacity: true)
    }
}

extension SampleStorage {
    /// Opens a file without a name, which goes when it is closed or the process ends.
    func makeNamelessFile(for path: String) throws(DataError) -> Int32 {
        try? FileManager.default.createDirectory(
            atPath: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        var descriptor = unsafe open(directory, nnd_o_tmpfile | O_RDWR | O_CLOEXEC, 0o600)
        // Network and layered file systems may not know files that never had a name.
        if descriptor < 0, errno == EOPNOTSUPP || errno == EISDIR {
            var name = Array("\(directory)/samples-XXXXXX".utf8CString)
            descriptor = unsafe mkstemp(&name)
            if descriptor >= 0 {
                _ = unsafe unlink(name)
                _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
            }
        }
        guard descriptor >= 0 else {
            throw DataError(
                .unwritable, file: path,
                "the samples do not fit into \(memoryLimit) bytes of memory, and no file can be made for them in "
                    + "\(directory) (\(systemMessage(errno))); name a directory by $NND_CACHE")
        }
        return descriptor
    }

    func noSpace(for path: String) -> DataError {
        DataError(
            .noSpace, file: path,
            "the samples do not fit into \(memoryLimit) bytes of memory, and decoded they do not fit into "
                + "\(directory) either; free space there or name another directory by $NND_CACHE")
    }
}
