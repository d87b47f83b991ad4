import CZlib
package import Foundation

/// A ZIP archive to read (PKWARE's APPNOTE, 6.3.10), its files stored or deflated, as NumPy writes them.
package struct ZIPArchive {
    private enum Source {
        case data(Data)
        case file(FileHandle)
    }

    private struct Entry {
        var method: Int
        var checksum: Int
        var compressedSize: Int
        var size: Int
        var offset: Int
    }

    private let source: Source
    /// Of the archive, in bytes.
    private let size: Int
    private var entries: [String: Entry] = [:]

    /// The files' names, sorted.
    package var names: [String] { entries.keys.sorted() }

    /// - Parameter data: All of the archive.
    /// - Throws: `NumPyError` when it is not an archive, or is damaged.
    package init(_ data: Data) throws(NumPyError) {
        try self.init(.data(data.startIndex == 0 ? data : Data(data)), size: data.count)
    }

    /// An archive of which no more is in memory than the file that is asked for.
    ///
    /// - Parameters:
    ///   - file: All of it is the archive.
    ///   - size: Its length in bytes.
    /// - Throws: `NumPyError` when it is not an archive, is damaged or cannot be read.
    package init(_ file: FileHandle, size: Int) throws(NumPyError) {
        try self.init(.file(file), size: size)
    }

    private init(_ source: Source, size: Int) throws(NumPyError) {
        (self.source, self.size) = (source, size)
        let (count, start) = try directory()
        var place = start
        for _ in 0..<count {
            guard try number(place, 4) == 0x0201_4b50 else { throw Self.damaged }
            var entry = Entry(
                method: try number(place + 10, 2), checksum: try number(place + 16, 4),
                compressedSize: try number(place + 20, 4), size: try number(place + 24, 4),
                offset: try number(place + 42, 4))
            let (name, extra) = (try number(place + 28, 2), try number(place + 30, 2))
            try readExtra(from: place + 46 + name, extra, into: &entry)
            guard let path = String(data: try slice(place + 46, name), encoding: .utf8) else {
                throw NumPyError("has a file whose name is not UTF-8")
            }
            guard entries.updateValue(entry, forKey: path) == nil else {
                throw NumPyError("has two files called `\(path)`")
            }
            place += 46 + name + extra + (try number(place + 32, 2))
        }
    }

    /// The content of a file; nil without one of the name.
    ///
    /// - Throws: `NumPyError` when it is damaged or packed in a way that NumPy does not use.
    package func content(of name: String) throws(NumPyError) -> Data? {
        guard let entry = entries[name] else { return nil }
        guard try number(entry.offset, 4) == 0x0403_4b50 else { throw Self.damaged }
        let head = 30 + (try number(entry.offset + 26, 2)) + (try number(entry.offset + 28, 2))
        let packed = try slice(entry.offset + head, entry.compressedSize)
        let content: Data
        switch entry.method {
        case 0 where entry.size == entry.compressedSize: content = packed
        case 8: content = try inflated(packed, to: entry.size)
        default:
            throw NumPyError(
                "has `\(name)` packed by method \(entry.method); stored and deflated can be read")
        }
        guard crc(content) == entry.checksum else {
            throw NumPyError("is damaged: the checksum of `\(name)` is another")
        }
        return content
    }

    private static let damaged = NumPyError("is damaged: its directory does not fit its content")

    /// How many files the directory has, and where it begins.
    private func directory() throws(NumPyError) -> (count: Int, start: Int) {
        let first = max(0, size - 22 - 0xFFFF)
        for place in stride(from: size - 22, through: first, by: -1)
        where try number(place, 4) == 0x0605_4b50 {
            let (count, start) = (try number(place + 10, 2), try number(place + 16, 4))
            guard count == 0xFFFF || start == 0xFFFF_FFFF, place >= 20,
                try number(place - 20, 4) == 0x0706_4b50
            else { return (count, start) }
            let end = try number(place - 12, 8)
            guard try number(end, 4) == 0x0606_4b50 else { throw Self.damaged }
            return (try number(end + 32, 8), try number(end + 48, 8))
        }
        throw NumPyError("is not an NPZ file: it has no directory at its end")
    }

    /// The sizes and the place that did not fit into 32 bits, in this order, each only where it did not.
    private func readExtra(
        from begin: Int, _ length: Int, into entry: inout Entry
    ) throws(NumPyError) {
        var place = begin
        while place + 4 <= begin + length {
            let (kind, size) = (try number(place, 2), try number(place + 2, 2))
            if kind == 1 {
                var field = place + 4
                for path in [\Entry.size, \.compressedSize, \.offset]
                where entry[keyPath: path] == 0xFFFF_FFFF {
                    entry[keyPath: path] = try number(field, 8)
                    field += 8
                }
                return
            }
            place += 4 + size
        }
    }

    private func inflated(_ packed: Data, to size: Int) throws(NumPyError) -> Data {
        // No deflate stream makes more of a byte.
        guard size <= packed.count * 1032 + 64 else { throw Self.damaged }
        var content = Data(count: size)
        let isWhole = unsafe content.withUnsafeMutableBytes { target in
            unsafe packed.withUnsafeBytes { source in unsafe inflate(source, into: target) }
        }
        guard isWhole else {
            throw NumPyError("is damaged: its deflated data does not come out as long as it should")
        }
        return content
    }

    private func slice(_ offset: Int, _ count: Int) throws(NumPyError) -> Data {
        guard offset >= 0, count >= 0, offset <= size, count <= size - offset else { throw Self.damaged }
        switch source {
        case .data(let bytes): return bytes[offset..<(offset + count)]
        case .file(let file):
            var bytes: Data?
            do {
                try file.seek(toOffset: UInt64(offset))
                bytes = try file.read(upToCount: count)
            } catch {
                throw NumPyError("cannot be read")
            }
            guard let bytes = bytes ?? (count == 0 ? Data() : nil), bytes.count == count else {
                throw NumPyError("has become shorter while it was read")
            }
            return bytes
        }
    }

    /// A number of so many bytes, the lowest first.
    private func number(_ offset: Int, _ count: Int) throws(NumPyError) -> Int {
        let value = try slice(offset, count).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        guard let number = Int(exactly: value) else { throw Self.damaged }
        return number
    }
}

/// Whether a raw deflate stream fills the target and ends there.
private func inflate(_ source: UnsafeRawBufferPointer, into target: UnsafeMutableRawBufferPointer) -> Bool {
    var stream = unsafe z_stream()
    guard
        unsafe inflateInit2_(&stream, -MAX_WBITS, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
    else { return false }
    defer { unsafe inflateEnd(&stream) }
    var (taken, made, code) = (0, 0, Z_OK)
    repeat {
        let input = source.count - taken
        let output = target.count - made
        unsafe stream.next_in = UnsafeMutablePointer(
            mutating: source.baseAddress.map { unsafe ($0 + taken).assumingMemoryBound(to: Bytef.self) })
        unsafe stream.avail_in = UInt32(min(input, 1 << 30))
        unsafe stream.next_out = target.baseAddress.map {
            unsafe ($0 + made).assumingMemoryBound(to: Bytef.self)
        }
        unsafe stream.avail_out = UInt32(min(output, 1 << 30))
        let (offered, room) = unsafe (stream.avail_in, stream.avail_out)
        code = unsafe inflate(&stream, Z_NO_FLUSH)
        taken += unsafe Int(offered - stream.avail_in)
        made += unsafe Int(room - stream.avail_out)
        if unsafe offered == stream.avail_in, unsafe room == stream.avail_out { break }
    } while code == Z_OK
    return code == Z_STREAM_END && made == target.count
}
