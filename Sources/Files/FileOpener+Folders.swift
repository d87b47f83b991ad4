import Glibc

/// Something in a folder.
package struct FolderEntry: Sendable, Equatable {
    package let name: String
    /// Whether it is a folder itself, or a link to one.
    package let isFolder: Bool

    package init(name: String, isFolder: Bool) {
        (self.name, self.isFolder) = (name, isFolder)
    }
}

extension FileOpener {
    /// What is in a folder, in the order of the names' bytes; names that begin with a dot are passed over.
    ///
    /// - Parameter path: Absolute, or from the process's directory.
    /// - Returns: The entries.
    /// - Throws: `FileOpeningError`, also when this is no folder.
    package func entries(ofFolder path: String) throws(FileOpeningError) -> [FolderEntry] {
        let descriptor = try openAnything(path)
        guard Self.isFolder(descriptor) else {
            close(descriptor)
            throw FileOpeningError(.notAFile, "this is not a folder")
        }
        guard let folder = unsafe fdopendir(descriptor) else {
            let reason = errno
            close(descriptor)
            throw Self.unreadable(reason)
        }
        defer { unsafe closedir(folder) }
        var entries: [FolderEntry] = []
        while true {
            errno = 0
            guard let entry = unsafe readdir(folder) else { break }
            let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name.hasPrefix(".") { continue }
            let kind = unsafe Int(entry.pointee.d_type)
            let isFolder = kind == DT_DIR || (kind != DT_REG && self.isFolder("\(path)/\(name)"))
            entries.append(FolderEntry(name: name, isFolder: isFolder))
        }
        guard errno == 0 else { throw Self.unreadable(errno) }
        return entries.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    }

    /// Whether this is a folder that can be opened.
    package func isFolder(_ path: String) -> Bool {
        guard let descriptor = try? openAnything(path) else { return false }
        defer { close(descriptor) }
        return Self.isFolder(descriptor)
    }

    private static func isFolder(_ descriptor: Int32) -> Bool {
        var status = stat()
        return unsafe fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    private static func unreadable(_ reason: Int32) -> FileOpeningError {
        FileOpeningError(
            .unreadable, "the folder cannot be read: \(unsafe String(cString: strerror(reason)))")
    }
}
