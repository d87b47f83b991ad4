import Files

/// Cuts a file into lines, which end with LF or CRLF or with the file. Holds one piece of the file at a time.
struct LineReader: ~Copyable {
    /// The file as it was named.
    var path: String { file.path }
    /// The number of the line that `next` found last, from 1.
    private(set) var number = 0
    /// The piece of the file that holds the line.
    private(set) var buffer: [UInt8] = []
    /// Where in the buffer the line lies that `next` found last, without its end.
    private(set) var line = 0..<0

    private var file: InputFile
    /// The bytes of the buffer that are not cut into lines yet start here.
    private var rest = 0
    private var isAtEnd = false

    /// Without a bound, a small gzip file could fill the memory with one line.
    private let longestLine: Int

    private static let chunkSize = 1 << 18

    init(path: String, longestLine: Int, _ files: FileOpener) throws(DataError) {
        file = try InputFile(path: path, files)
        self.longestLine = longestLine
    }

    /// Moves on to the next line; false when there is none.
    mutating func next() throws(DataError) -> Bool {
        var searched = rest
        while true {
            if let end = firstLineFeed(from: searched) {
                take(rest..<end)
                rest = end + 1
                return true
            }
            if isAtEnd {
                guard rest < buffer.count else { return false }
                take(rest..<buffer.count)
                rest = buffer.count
                return true
            }
            searched = buffer.count - rest
            try fill()
        }
    }

    private func firstLineFeed(from start: Int) -> Int? {
        let bytes = buffer.span
        var i = start
        while i < bytes.count {
            if bytes[i] == 0x0A { return i }
            i += 1
        }
        return nil
    }

    private mutating func take(_ range: Range<Int>) {
        let endsWithReturn = !range.isEmpty && buffer[range.upperBound - 1] == 0x0D
        line = endsWithReturn ? range.lowerBound..<range.upperBound - 1 : range
        // Spreadsheets start a file with U+FEFF, which is part of no name and of no number.
        if number == 0, buffer[line].starts(with: [0xEF, 0xBB, 0xBF]) { line.removeFirst(3) }
        number += 1
    }

    /// Moves the unfinished line to the front of the buffer and reads on behind it.
    private mutating func fill() throws(DataError) {
        line = 0..<0
        buffer.removeSubrange(..<rest)
        rest = 0
        guard buffer.count < longestLine else {
            throw DataError(
                .tooLarge, file: path, line: number + 1,
                "the line is longer than \(longestLine) bytes")
        }
        let before = buffer.count
        try file.read(LineReader.chunkSize, appendingTo: &buffer)
        isAtEnd = buffer.count - before < LineReader.chunkSize
    }
}
