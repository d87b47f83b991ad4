/// A key of `nnctl top`.
package enum TopKey: Sendable, Equatable {
    case up
    case down
    case pageUp
    case pageDown
    case first
    case last
    case enter
    case escape
    case character(Character)
}

/// Makes keys of what a terminal sends.
package struct TopKeyReader {
    /// What an escape sequence names, without the bytes `ESC [` or `ESC O` before it (ECMA-48, xterm's control sequences).
    private static let sequences: [String: TopKey] = [
        "A": .up, "B": .down, "H": .first, "F": .last, "1~": .first, "4~": .last, "5~": .pageUp,
        "6~": .pageDown,
    ]

    /// The beginning of a sequence whose rest has not come yet.
    private var rest: [UInt8] = []

    package init() {}

    /// Sequences that stand for other keys are passed over.
    package mutating func keys(_ bytes: [UInt8]) -> [TopKey] {
        var keys: [TopKey] = []
        var input = (rest + bytes)[...]
        rest = []
        while let byte = input.first {
            guard byte == 0x1B else {
                input = input.dropFirst()
                if let key = Self.plain(byte) { keys.append(key) }
                continue
            }
            guard let introducer = input.dropFirst().first,
                introducer == UInt8(ascii: "[") || introducer == UInt8(ascii: "O")
            else {
                keys.append(.escape)
                input = input.dropFirst()
                continue
            }
            let body = input.dropFirst(2)
            guard let end = body.firstIndex(where: { (0x40...0x7E).contains($0) }) else {
                // No key sends more.
                if input.count < 16 { rest = Array(input) }
                break
            }
            if let key = Self.sequences[String(decoding: body[...end], as: UTF8.self)] { keys.append(key) }
            input = input[(end + 1)...]
        }
        return keys
    }

    private static func plain(_ byte: UInt8) -> TopKey? {
        switch byte {
        case 0x0A, 0x0D: .enter
        case UInt8(ascii: "j"): .down
        case UInt8(ascii: "k"): .up
        case UInt8(ascii: "g"): .first
        case UInt8(ascii: "G"): .last
        case 0x02: .pageUp
        case 0x06: .pageDown
        case 0x20...0x7E: .character(Character(UnicodeScalar(byte)))
        default: nil
        }
    }
}
