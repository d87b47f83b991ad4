import CZlib
package import Foundation

/// Writes a ZIP archive whose files are stored as they are (PKWARE's APPNOTE, 6.3.10), as `numpy.savez` does. It keeps the
/// directory alone, and gives the archive piece by piece from its beginning to its end.
///
/// Sizes and places go into ZIP64 fields always, so that one form serves files of all sizes.
package struct ZIPWriter: Sendable {
    private var directory = Data()
    /// How long the archive is so far.
    private var offset = 0
    private var count = 0

    package init() {}

    /// How many bytes an archive with these files has.
    package static func byteCount(of files: [(name: String, size: Int)]) -> Int {
        let (local, central, end) = (30 + 20, 46 + 28, 56 + 20 + 22)
        return files.reduce(end) { $0 + local + central + 2 * $1.name.utf8.count + $1.size }
    }

    /// The archive's next bytes: a file with its name in front.
    package mutating func file(_ name: String, _ content: Data) -> Data {
        let path = Data(name.utf8)
        let checksum = crc(content)
        var local = Data()
        local.reserveCapacity(50 + path.count + content.count)
        local.append(little: 0x0403_4b50, 4)
        let common = fields(checksum, path)
        local.append(common)
        local.append(little: 20, 2)
        local.append(path)
        local.append(sizes(content, 16))
        local.append(content)

        directory.append(little: 0x0201_4b50, 4)
        directory.append(little: Self.version, 2)
        directory.append(common)
        directory.append(little: 28, 2)
        // No comment, the first disk, no attributes.
        directory.append(Data(count: 2 + 2 + 2 + 4))
        directory.append(little: 0xFFFF_FFFF, 4)
        directory.append(path)
        directory.append(sizes(content, 24))
        directory.append(little: offset, 8)
        offset += local.count
        count += 1
        return local
    }

    /// The archive's last bytes: its directory.
    package func end() -> Data {
        var archive = directory
        let (start, end) = (offset, offset + directory.count)
        archive.append(little: 0x0606_4b50, 4)
        archive.append(little: 44, 8)
        for _ in 0..<2 { archive.append(little: Self.version, 2) }
        for _ in 0..<2 { archive.append(little: 0, 4) }
        for number in [count, count, end - start, start] { archive.append(little: number, 8) }
        archive.append(little: 0x0706_4b50, 4)
        archive.append(little: 0, 4)
        archive.append(little: end, 8)
        archive.append(little: 1, 4)
        archive.append(little: 0x0605_4b50, 4)
        archive.append(little: 0, 4)
        for _ in 0..<2 { archive.append(little: 0xFFFF, 2) }
        for _ in 0..<2 { archive.append(little: 0xFFFF_FFFF, 4) }
        archive.append(little: 0, 2)
        return archive
    }

    /// What a reader has to know: ZIP64.
    private static let version = 45
    /// 1 January 1980, the first day of the format: the same content gives the same bytes.
    private static let date = 0x0021

    /// What both headers of a file have in common, from the version that is needed to the length of the name.
    private func fields(_ checksum: Int, _ path: Data) -> Data {
        var data = Data()
        data.append(little: Self.version, 2)
        // Names are UTF-8; no compression; midnight.
        for number in [0x0800, 0, 0, Self.date] { data.append(little: number, 2) }
        data.append(little: checksum, 4)
        for _ in 0..<2 { data.append(little: 0xFFFF_FFFF, 4) }
        data.append(little: path.count, 2)
        return data
    }

    private func sizes(_ content: Data, _ length: Int) -> Data {
        var data = Data()
        data.append(little: 1, 2)
        data.append(little: length, 2)
        for _ in 0..<2 { data.append(little: content.count, 8) }
        return data
    }
}

/// The CRC-32 of a file's content.
func crc(_ content: Data) -> Int {
    unsafe content.withUnsafeBytes { bytes in
        var checksum = crc32_z(0, nil, 0)
        if let start = unsafe bytes.bindMemory(to: UInt8.self).baseAddress {
            checksum = unsafe crc32_z(checksum, start, bytes.count)
        }
        return Int(checksum)
    }
}

extension Data {
    /// Appends the low bytes of a number, the lowest first.
    fileprivate mutating func append(little number: Int, _ bytes: Int) {
        for index in 0..<bytes { append(UInt8(truncatingIfNeeded: number >> (8 * index))) }
    }
}
