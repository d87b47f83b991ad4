import CZlib
import Foundation
import Testing

/// A PNG as its specification (W3C, third edition) has it: eight bits a channel, not interlaced.
struct PNGPicture {
    let width: Int
    let height: Int
    /// How many pixels there are of each colour, 0xRRGGBB.
    private(set) var colors: [Int: Int] = [:]

    /// Fails the test unless it is one.
    init(path: String) throws {
        let bytes = [UInt8](try Data(contentsOf: URL(filePath: path)))
        try #require(bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]))
        func number(_ offset: Int) -> Int { bytes[offset..<offset + 4].reduce(0) { $0 << 8 | Int($1) } }
        var (place, packed) = (8, [UInt8]())
        while place + 12 <= bytes.count {
            let kind = String(decoding: bytes[place + 4..<place + 8], as: UTF8.self)
            if kind == "IDAT" { packed += bytes[place + 8..<place + 8 + number(place)] }
            place += 12 + number(place)
        }
        (width, height) = (number(16), number(20))
        try #require(bytes[24] == 8 && [2, 6].contains(bytes[25]) && bytes[28] == 0)
        let channels = bytes[25] == 2 ? 3 : 4
        let stride = width * channels
        var size = UInt(height * (stride + 1))
        var rows = [UInt8](repeating: 0, count: Int(size))
        try #require(uncompress(&rows, &size, packed, UInt(packed.count)) == Z_OK && Int(size) == rows.count)
        var above = [UInt8](repeating: 0, count: stride)
        for row in 0..<height {
            let start = row * (stride + 1)
            let line = Self.unfiltered(rows[start], Array(rows[start + 1...start + stride]), above, channels)
            for pixel in 0..<width {
                let color = line[pixel * channels..<pixel * channels + 3].reduce(0) { $0 << 8 | Int($1) }
                colors[color, default: 0] += 1
            }
            above = line
        }
    }

    /// Section 9.2.
    private static func unfiltered(_ type: UInt8, _ line: [UInt8], _ above: [UInt8], _ step: Int) -> [UInt8] {
        var line = line
        for i in line.indices {
            let a = i >= step ? Int(line[i - step]) : 0
            let (b, c) = (Int(above[i]), i >= step ? Int(above[i - step]) : 0)
            let (pa, pb, pc) = (abs(b - c), abs(a - c), abs(a + b - 2 * c))
            let paeth = pa <= pb && pa <= pc ? a : pb <= pc ? b : c
            let predicted = [0, a, b, (a + b) / 2, paeth][Int(min(type, 4))]
            line[i] = line[i] &+ UInt8(predicted)
        }
        return line
    }
}
