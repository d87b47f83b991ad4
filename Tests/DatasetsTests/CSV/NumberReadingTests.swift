import Datasets
import Testing

/// The bits are those of the correctly rounded Float32 number, by Python's exact fractions.
@Suite("Numbers in tables are rounded once and correctly")
struct NumberReadingTests {
    @Test(
        "known numbers",
        arguments: [
            ("0", 0x0000_0000),
            ("-0", 0x8000_0000),
            ("0.1", 0x3DCC_CCCD),
            ("1e-3", 0x3A83_126F),
            ("5.", 0x40A0_0000),
            (".5", 0x3F00_0000),
            ("+5", 0x40A0_0000),
            ("-.25", 0xBE80_0000),
            ("1E+2", 0x42C8_0000),
            ("2e-05", 0x37A7_C5AC),
            ("007", 0x40E0_0000),
            ("3.4028235e38", 0x7F7F_FFFF),
            ("340282350000000000000000000000000000000", 0x7F7F_FFFF),
            ("1.17549435e-38", 0x0080_0000),
            ("1e-45", 0x0000_0001),
            ("1.1754942e-38", 0x007F_FFFF),
            ("7e-46", 0x0000_0000),
            ("16777217", 0x4B80_0000),
            ("16777219", 0x4B80_0002),
            ("8388609.5", 0x4B00_0002),
            ("8388608.5", 0x4B00_0000),
            ("123456789012345678901234567890", 0x6FC7_7488),
            ("0.000000000000000000000000000012345", 0x0F7A_62E8),
            ("1.00000017881393432617187499", 0x3F80_0001),
            ("1.00000017881393432617187500", 0x3F80_0002),
            ("1.00000017881393432617187501", 0x3F80_0002),
            ("1.000000178813934", 0x3F80_0001),
            ("999999999999999999", 0x5D5E_0B6B),
            ("1234567890123456789", 0x5D89_1088),
        ] as [(String, UInt32)])
    func known(text: String, bits: UInt32) throws {
        let directory = try TemporaryDirectory()
        let path = try directory.file("t.csv", "\(text),0\n")
        let dataset = try readTable(path, label: "1", header: false)
        #expect(dataset.gathered().map(\.bitPattern) == [bits])
    }

    @Test("every shortest form of a Float32 number gives that number back")
    func roundTrip() throws {
        let directory = try TemporaryDirectory()
        var state: UInt32 = 1
        var numbers: [Float] = []
        while numbers.count < 20_000 {
            state = state &* 1_664_525 &+ 1_013_904_223
            let number = Float(bitPattern: state)
            if number.isFinite { numbers.append(number) }
        }
        let path = try directory.file("t.csv", numbers.map { "\($0),0\n" }.joined())
        let dataset = try readTable(path, label: "1", header: false)
        #expect(dataset.gathered().map(\.bitPattern) == numbers.map(\.bitPattern))
    }
}
