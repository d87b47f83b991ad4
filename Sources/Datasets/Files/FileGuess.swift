/// What a file seems to be that is not read.
enum FileGuess {
    /// - Parameter start: The first bytes of the file, decompressed.
    /// - Returns: With its article; nil for what may be a table of numbers.
    static func noTable(_ start: [UInt8]) -> String? {
        let known = kinds.first {
            start.starts(with: $0.start) && ($0.inner.isEmpty || start.has($0.inner, at: 8))
        }
        if let known { return known.name }
        // Text in other encodings than UTF-8 and Latin-1, and control characters that no text has.
        if start.starts(with: [0xFF, 0xFE]) || start.starts(with: [0xFE, 0xFF]) {
            return "text in UTF-16, where UTF-8 is needed"
        }
        let isControl = { (byte: UInt8) in
            byte < 0x20 && ![0x09, 0x0A, 0x0C, 0x0D].contains(byte) || byte == 0x7F
        }
        return start.contains(where: isControl) ? "a file of bytes that are no text" : nil
    }

    /// How files begin, and for those of a family what stands at the ninth byte.
    private static let kinds: [(name: String, start: [UInt8], inner: [UInt8])] = [
        ("a GIF picture", Array("GIF8".utf8), []),
        ("a WebP picture", Array("RIFF".utf8), Array("WEBP".utf8)),
        ("a TIFF picture", [0x49, 0x49, 0x2A, 0], []),
        ("a TIFF picture", [0x4D, 0x4D, 0, 0x2A], []),
        ("a PNG picture", [0x89, 0x50, 0x4E, 0x47], []),
        ("a JPEG picture", [0xFF, 0xD8, 0xFF], []),
        ("a PDF document", Array("%PDF-".utf8), []),
        ("an HDF5 file", [0x89, 0x48, 0x44, 0x46], []),
        ("a Parquet file", Array("PAR1".utf8), []),
        ("a file compressed by xz", [0xFD, 0x37, 0x7A, 0x58, 0x5A], []),
        ("a file compressed by bzip2", Array("BZh".utf8), []),
        ("a file compressed by zstd", [0x28, 0xB5, 0x2F, 0xFD], []),
        ("a program", [0x7F, 0x45, 0x4C, 0x46], []),
        ("an SQLite database", Array("SQLite format 3".utf8), []),
        ("a web page", Array("<!DOCTYPE".utf8), []),
        ("a web page", Array("<html".utf8), []),
        ("a JSON document", Array("{".utf8), []),
    ]
}

extension [UInt8] {
    fileprivate func has(_ part: [UInt8], at place: Int) -> Bool { dropFirst(place).starts(with: part) }
}
