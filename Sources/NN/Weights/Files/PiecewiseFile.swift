package import Foundation

/// A file that is made piece by piece, from its beginning to its end, so that it need not be in memory as a whole.
package protocol PiecewiseFile: Sendable {
    /// How long all pieces are together.
    var byteCount: Int { get }

    /// The next piece; nil behind the last one. A piece is about as large as a tensor.
    mutating func next() -> Data?
}

extension PiecewiseFile {
    /// All pieces in one.
    package func whole() -> Data {
        var (file, data) = (self, Data())
        data.reserveCapacity(byteCount)
        while let piece = file.next() { data.append(piece) }
        return data
    }
}

/// A file that is in memory.
package struct WholeFile: PiecewiseFile {
    package let byteCount: Int
    private var rest: Data?

    package init(_ data: Data) {
        (byteCount, rest) = (data.count, data)
    }

    package mutating func next() -> Data? {
        defer { rest = nil }
        return rest
    }
}
