public import Foundation

/// Newline-delimited JSON, the format of every stream: one message a line.
public enum NDJSON {
    /// No message comes near this; a peer that sends more in one line is not a daemon of ours.
    public static let maximumLineLength = 1 << 20

    /// One message with the line feed that ends it.
    public static func line(_ message: some Encodable) throws -> Data {
        var data = try WireJSON.encode(message)
        data.append(UInt8(ascii: "\n"))
        return data
    }
}

/// Cuts a stream of bytes, which arrive in chunks of any size, into lines. Empty lines are passed over.
package struct LineSplitter {
    /// A line was longer than is taken.
    package struct LineTooLong: Error, Equatable {
        package init() {}
    }

    private var buffer: [UInt8] = []
    /// Where the next line starts in the buffer.
    private var start = 0
    /// Up to here the buffer is known to hold no line feed, so that no byte is looked at twice.
    private var searched = 0

    private let longest: Int

    package init(longest: Int = NDJSON.maximumLineLength) { self.longest = longest }

    package mutating func append(_ bytes: some Sequence<UInt8>) {
        buffer.removeSubrange(..<start)
        searched -= start
        start = 0
        buffer.append(contentsOf: bytes)
    }

    /// The next whole line without its line feed; nil until more bytes have come.
    package mutating func next() throws(LineTooLong) -> [UInt8]? {
        while let end = buffer[searched...].firstIndex(of: UInt8(ascii: "\n")) {
            defer {
                start = end + 1
                searched = start
            }
            guard end - start <= longest else { throw LineTooLong() }
            if end > start { return Array(buffer[start..<end]) }
        }
        searched = buffer.count
        guard searched - start <= longest else { throw LineTooLong() }
        return nil
    }

    /// What is left when the stream has ended; not empty when its last line was cut off.
    package var remainder: ArraySlice<UInt8> { buffer[start...] }
}
