import Foundation
import TestSupport
import Testing

/// The digits of the example's test data, to be written in several formats by other means than the readers have.
struct DigitSamples {
    /// Eight rows of eight pixels, 0 to 16.
    let pixels: [[UInt8]]
    let labels: [Int]

    /// - Throws: A failed requirement when gzip cannot unpack them.
    init() async throws {
        let unpacked = try ChildProcess(
            "/bin/gzip", ["-dc", Programs.digits + "/digits-test.csv.gz"], capturing: STDOUT_FILENO,
            errors: "/dev/null")
        let rows = await unpacked.text.split(separator: "\n").map { line in
            line.split(separator: ",").compactMap { UInt8($0) }
        }
        try #require(rows.count == 360 && rows.allSatisfy { $0.count == 65 })
        pixels = rows.map { Array($0.dropLast()) }
        labels = rows.map { Int($0[64]) }
    }

    /// Without the labels.
    func csv(in sandbox: Sandbox) throws -> String {
        let lines = pixels.map { $0.map { "\($0)" }.joined(separator: ",") + "\n" }
        return try write("digits.csv", Data(lines.joined().utf8), sandbox)
    }

    /// 64-bit numbers of the other byte order.
    func npy(in sandbox: Sandbox) throws -> String {
        var text = "{'descr': '>f8', 'fortran_order': False, 'shape': (360, 8, 8), }"
        text += String(repeating: " ", count: 117 - text.utf8.count) + "\n"
        var data = Data([0x93] + Array("NUMPY".utf8) + [1, 0, 118, 0] + Array(text.utf8))
        for pixel in pixels.joined() {
            withUnsafeBytes(of: Double(pixel).bitPattern.bigEndian) { data.append(contentsOf: $0) }
        }
        return try write("digits.npy", data, sandbox)
    }

    func idx(in sandbox: Sandbox) throws -> String {
        let header: [UInt8] = [0, 0, 8, 3, 0, 0, 1, 104, 0, 0, 0, 8, 0, 0, 0, 8]
        return try write("digits.idx", Data(header + pixels.joined()), sandbox)
    }

    /// A folder of PNG files.
    func pictures(in sandbox: Sandbox) throws -> String {
        let folder = sandbox.directory.file("pictures")
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        for (index, digit) in pixels.enumerated() {
            let number = String(repeating: "0", count: 3 - "\(index)".count) + "\(index)"
            _ = try write("pictures/\(number).png", Self.png(digit), sandbox)
        }
        return folder
    }

    private func write(_ name: String, _ data: Data, _ sandbox: Sandbox) throws -> String {
        let path = sandbox.directory.file(name)
        try data.write(to: URL(filePath: path))
        return path
    }

    /// Eight by eight shades of grey, in a deflate block that is stored (PNG, third edition; RFC 1950, RFC 1951).
    private static func png(_ pixels: [UInt8]) -> Data {
        let rows = stride(from: 0, to: 64, by: 8).flatMap { [0] + pixels[$0..<$0 + 8] }
        var (a, b): (UInt32, UInt32) = (1, 0)
        for byte in rows {
            a = (a + UInt32(byte)) % 65521
            b = (b + a) % 65521
        }
        let stored: [UInt8] = [0x78, 1, 1, 72, 0, 0xB7, 0xFF] + rows + big(b << 16 | a)
        return Data(
            [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
                + chunk("IHDR", big(8) + big(8) + [8, 0, 0, 0, 0]) + chunk("IDAT", stored) + chunk("IEND", [])
        )
    }

    private static func chunk(_ kind: String, _ data: [UInt8]) -> [UInt8] {
        let content = Array(kind.utf8) + data
        var remainder = ~UInt32(0)
        for byte in content {
            remainder ^= UInt32(byte)
            for _ in 0..<8 { remainder = remainder & 1 == 1 ? remainder >> 1 ^ 0xEDB8_8320 : remainder >> 1 }
        }
        return big(UInt32(data.count)) + content + big(~remainder)
    }

    private static func big(_ word: UInt32) -> [UInt8] {
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: word >> $0) }
    }
}
