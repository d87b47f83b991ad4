/// As much of Python's literals as the header of a `.npy` file has: a dictionary of strings, booleans and tuples of whole
/// numbers.
struct PythonLiteral {
    enum Value: Equatable {
        case string(String)
        case boolean(Bool)
        case tuple([Int])
        /// A list, as the `descr` of records is.
        case other
    }

    private let bytes: [UInt8]
    private var place = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    private var problem: NumPyError { NumPyError("has a header that is not the dictionary it should be") }

    mutating func dictionary() throws(NumPyError) -> [String: Value] {
        var fields: [String: Value] = [:]
        try expect("{")
        while !take("}") {
            let key = try string()
            try expect(":")
            fields[key] = try value()
            if fields[key] == .other { return fields }
            if !take(",") {
                try expect("}")
                break
            }
        }
        return fields
    }

    private mutating func value() throws(NumPyError) -> Value {
        skipSpace()
        guard place < bytes.count else { throw problem }
        switch Character(Unicode.Scalar(bytes[place])) {
        case "'", "\"": return .string(try string())
        case "(": return .tuple(try tuple())
        case "[": return .other
        default:
            if takeWord("True") { return .boolean(true) }
            if takeWord("False") { return .boolean(false) }
            throw problem
        }
    }

    private mutating func string() throws(NumPyError) -> String {
        skipSpace()
        guard place < bytes.count, [UInt8(ascii: "'"), UInt8(ascii: "\"")].contains(bytes[place]) else {
            throw problem
        }
        let quote = bytes[place]
        guard let end = bytes[(place + 1)...].firstIndex(of: quote) else { throw problem }
        defer { place = end + 1 }
        return String(decoding: bytes[(place + 1)..<end], as: UTF8.self)
    }

    private mutating func tuple() throws(NumPyError) -> [Int] {
        var numbers: [Int] = []
        try expect("(")
        while !take(")") {
            numbers.append(try number())
            // Python 2 wrote `3L`.
            _ = take("L")
            if !take(",") {
                try expect(")")
                break
            }
        }
        return numbers
    }

    private mutating func number() throws(NumPyError) -> Int {
        skipSpace()
        let digits = bytes[place...].prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        guard let number = Int(String(decoding: digits, as: UTF8.self)) else { throw problem }
        place += digits.count
        return number
    }

    private mutating func skipSpace() {
        while place < bytes.count, [UInt8(ascii: " "), UInt8(ascii: "\n")].contains(bytes[place]) {
            place += 1
        }
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        skipSpace()
        guard place < bytes.count, Unicode.Scalar(bytes[place]) == character else { return false }
        place += 1
        return true
    }

    private mutating func takeWord(_ word: String) -> Bool {
        guard bytes[place...].starts(with: word.utf8) else { return false }
        place += word.utf8.count
        return true
    }

    private mutating func expect(_ character: Unicode.Scalar) throws(NumPyError) {
        guard take(character) else { throw problem }
    }
}
