/// An IDX file of unsigned bytes, put together by hand.
func idx(_ shape: [Int], _ elements: [UInt8], type: UInt8 = 0x08) -> [UInt8] {
    let sizes = shape.flatMap { size in [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: size >> $0) } }
    return [0, 0, type, UInt8(shape.count)] + sizes + elements
}

/// A gzip file whose deflate blocks are stored, not compressed (RFC 1952, RFC 1951 section 3.2.4).
func storedGzip(_ content: [UInt8]) -> [UInt8] {
    var file: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255]
    var start = 0
    repeat {
        let end = min(start + 65_535, content.count)
        let length = UInt16(end - start)
        file.append(end == content.count ? 1 : 0)
        file += littleEndian(UInt32(length) | UInt32(~length) << 16)
        file += content[start..<end]
        start = end
    } while start < content.count
    return file + littleEndian(crc32(content)) + littleEndian(UInt32(content.count))
}

private func littleEndian(_ word: UInt32) -> [UInt8] {
    [0, 8, 16, 24].map { UInt8(truncatingIfNeeded: word >> $0) }
}

/// The checksum of RFC 1952, section 8.
private func crc32(_ bytes: [UInt8]) -> UInt32 {
    var remainder = ~UInt32(0)
    for byte in bytes {
        remainder ^= UInt32(byte)
        for _ in 0..<8 {
            let isOdd = remainder & 1 == 1
            remainder >>= 1
            if isOdd { remainder ^= 0xEDB8_8320 }
        }
    }
    return ~remainder
}
