package import Foundation

extension Data {
    /// The numbers one after another, the low byte of each first.
    package init(littleEndian values: [Float]) {
        let little = values.map { $0.bitPattern.littleEndian }
        self = unsafe little.withUnsafeBytes { bytes in unsafe Data(bytes) }
    }
}

extension [Float] {
    /// The numbers in these bytes; bytes after the last whole number are left out.
    init(littleEndian bytes: Data) {
        var values = [Float](repeating: 0, count: bytes.count / 4)
        _ = unsafe values.withUnsafeMutableBytes { target in unsafe bytes.copyBytes(to: target) }
        self = values.map { Float(bitPattern: UInt32(littleEndian: $0.bitPattern)) }
    }
}
