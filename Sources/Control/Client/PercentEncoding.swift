extension String {
    /// Every byte but RFC 3986's unreserved characters as `%XX`. A dot in front is encoded too: `.` and `..`
    /// as components of a path would be taken for directories.
    func percentEncoded() -> String {
        var result = ""
        for (index, byte) in utf8.enumerated() {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"),
                UInt8(ascii: "~"),
                UInt8(ascii: ".") where index > 0 || byte != UInt8(ascii: "."):
                result.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let digits = String(byte, radix: 16, uppercase: true)
                result += digits.count == 1 ? "%0\(digits)" : "%\(digits)"
            }
        }
        return result
    }
}
