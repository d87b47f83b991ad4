import Control
import Glibc

/// The files and folders of one data set, as the user named them or as they were found beside what was named.
struct DataFiles: Equatable {
    struct Part: Equatable {
        var path: String
        var role: DataName.Role
    }

    /// In the order of their roles, then of their names.
    let parts: [Part]
    /// What the data set may be called; nil where no name says.
    let name: String?

    /// Looks at folders; files are looked at by the daemon.
    ///
    /// - Parameter arguments: Files, or one file or folder, which stands for what belongs to it.
    /// - Throws: `Failure` when there is nothing, or more than one data set.
    init(_ arguments: [String]) throws(Failure) {
        let paths: [String]
        if arguments.count == 1 {
            paths = try DataFiles.found(arguments[0])
        } else {
            for path in arguments where !OutputFile.exists(path) {
                throw Failure(.badInput, "\(path): there is no such file.")
            }
            paths = arguments
        }
        parts = DataName.Role.allCases.flatMap { role in
            paths.filter { DataName(DataFiles.lastName($0)).role == role }.sorted().map {
                Part(path: $0, role: role)
            }
        }
        let words = paths.first.map { DataName(DataFiles.lastName($0)).rest } ?? []
        let folder = arguments.first.map { DataFiles.isFolder($0) ? $0 : DataFiles.parent($0) } ?? "."
        let folderWords = (try? folder.madeAbsolute()).map { DataName(DataFiles.lastName($0)).rest } ?? []
        let name = (words.isEmpty || paths.count == 1 && DataFiles.isFolder(paths[0]) ? folderWords : words)
            .joined(separator: "-")
        self.name = name.isEmpty ? nil : name
    }

    private static func found(_ path: String) throws(Failure) -> [String] {
        guard OutputFile.exists(path) else {
            throw Failure(.badInput, "\(path): there is no such file or folder.")
        }
        return isFolder(path) ? try foundIn(folder: path) : try beside(file: path)
    }

    /// A file and those in its folder that its name makes part of the same data set.
    private static func beside(file path: String) throws(Failure) -> [String] {
        guard let kind = kind(of: path) else { return [path] }
        let name = lastName(path)
        // An archive and a table hold labels too; one with another role belongs to it, one with the same does not.
        let isWhole = kind == .csv || kind == .npz
        let (own, folder) = (DataName(name), parent(path))
        let others = try names(in: folder).filter { other in
            let found = DataName(other)
            let isOther = other != name && self.kind(of: other) == kind && found.rest == own.rest
            return isOther && !(isWhole && found.role == own.role)
        }
        return [path] + others.map { folder == "." && !path.hasPrefix("./") ? $0 : "\(folder)/\($0)" }
    }

    private static func foundIn(folder: String) throws(Failure) -> [String] {
        let names = try names(in: folder)
        let folders = names.filter { isFolder("\(folder)/\($0)") }
        for kind in Kind.allCases {
            let files = names.filter { self.kind(of: $0) == kind && !folders.contains($0) }
            guard let first = files.first else { continue }
            let rest = DataName(first).rest
            guard files.allSatisfy({ DataName($0).rest == rest }) else {
                throw Failure(
                    .usage,
                    "\(folder): there are several data sets in it (\(files.prefix(4).joined(separator: ", "))); name the file to train on."
                )
            }
            return files.map { "\(folder)/\($0)" }
        }
        let splits = folders.filter { DataName($0).rest.isEmpty && $0.lowercased() != "data" }
        if !splits.isEmpty, splits.contains(where: { DataName($0).role == .train }) {
            return splits.map { "\(folder)/\($0)" }
        }
        guard !folders.isEmpty else {
            let pictures = names.filter {
                [".png", ".jpg", ".jpeg"].contains(where: $0.lowercased().hasSuffix)
            }
            if let first = pictures.first {
                throw Failure(
                    .badInput,
                    "\(folder): there are pictures in it (\(first.printable)), but no folders, which are the classes; put the pictures of each class into a folder of its name."
                )
            }
            throw Failure(
                .badInput,
                "\(folder): there is no data in it: no IDX, CSV, NPY or NPZ files, and no folders of pictures."
            )
        }
        return [folder]
    }

    /// Which files are looked for first.
    private enum Kind: CaseIterable {
        case idx
        case npz
        case npy
        case csv
    }

    private static func kind(of path: String) -> Kind? {
        let name = lastName(path).lowercased()
        let plain = name.hasSuffix(".gz") ? String(name.dropLast(3)) : name
        if plain.hasSuffix(".csv") { return .csv }
        if plain.hasSuffix(".npy") { return .npy }
        if plain.hasSuffix(".npz") { return .npz }
        return plain.hasSuffix("ubyte") || plain.hasSuffix(".idx") ? .idx : nil
    }

    /// Sorted, without those that begin with a dot.
    private static func names(in folder: String) throws(Failure) -> [String] {
        guard let stream = unsafe opendir(folder) else { throw .system(.badInput, "cannot open \(folder)") }
        defer { unsafe closedir(stream) }
        var names: [String] = []
        while let entry = unsafe readdir(stream) {
            let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if !name.hasPrefix(".") { names.append(name) }
        }
        return names.sorted()
    }

    static func isFolder(_ path: String) -> Bool {
        var status = stat()
        return unsafe stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    /// A path without `.` and doubled slashes; `..` stays, since links may lead elsewhere.
    static func plain(_ path: String) -> String {
        (path.hasPrefix("/") ? "/" : "")
            + path.split(separator: "/").filter { $0 != "." }.joined(separator: "/")
    }

    static func lastName(_ path: String) -> String {
        path.split(separator: "/").last.map(String.init) ?? path
    }

    private static func parent(_ path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }
}
