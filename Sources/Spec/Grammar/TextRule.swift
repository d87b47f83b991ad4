/// A string of a certain form.
enum TextRule: Sendable {
    /// The path of a file.
    case path
    /// A path that does not depend on a working directory.
    case absolutePath
    /// The name of a column, or its index.
    case column
    /// The name of a group of users, or its number.
    case group
    /// An address of the network and a port.
    case address
    case jobName
    case layerName
    /// The name of a training curve.
    case metricName
    /// A machine, with how many processes it takes.
    case host

    /// The regular expression (ECMA 262) that says the same as `accepts`.
    var pattern: String {
        switch self {
        case .path, .column: #"^[^\u0000]{1,4096}$"#
        case .address: #"^[^\u0000/ ]{1,300}:[0-9]{1,5}$"#
        case .host: "^(?![.-])[A-Za-z0-9._-]{1,253}(:[1-9][0-9]{0,3})?$"
        case .group: "^(?!-)[A-Za-z0-9._-]{1,64}$"
        case .absolutePath: #"^/[^\u0000]{0,4095}$"#
        case .jobName: "^(?![.-])(?![0-9]+$)[A-Za-z0-9._-]{1,64}$"
        case .layerName, .metricName: "^[A-Za-z0-9_-]{1,64}$"
        }
    }

    var expectation: String {
        switch self {
        case .path: "a path of 1 to 4096 bytes"
        case .absolutePath: "a path of at most 4096 bytes that begins with `/`"
        case .column: "the name of a column or its index, counted from 0"
        case .group: "the name of a group or its number"
        case .address: "an address and a port, such as 127.0.0.1:8080"
        case .jobName:
            "a name of 1 to 64 letters, digits, `.`, `_` and `-` that does not start with `.` or `-` "
                + "and is not digits alone"
        case .host: "a machine and how many processes it takes, such as node1:2"
        case .metricName: "the name of a metric"
        case .layerName: "a name of 1 to 64 letters, digits, `_` and `-`"
        }
    }

    func accepts(_ text: String) -> Bool {
        let scalars = text.unicodeScalars
        switch self {
        case .path, .column:
            return (1...4096).contains(text.utf8.count) && !scalars.contains("\0")
        case .absolutePath:
            return text.utf8.first == UInt8(ascii: "/") && text.utf8.count <= 4096 && !scalars.contains("\0")
        case .jobName:
            return (1...64).contains(scalars.count)
                && scalars.allSatisfy { $0.isNameCharacter || $0 == "." }
                && scalars.first != "." && scalars.first != "-" && !text.utf8.allSatisfy(\.isDigit)
        case .address:
            guard let colon = scalars.lastIndex(of: ":"),
                !scalars.contains(where: { "\0/ ".unicodeScalars.contains($0) })
            else { return false }
            let port = scalars[scalars.index(after: colon)...]
            return (1...300).contains(scalars[..<colon].count) && (1...5).contains(port.count)
                && port.allSatisfy { ("0"..."9").contains($0) }
        case .host:
            let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            let name = parts[0].unicodeScalars
            guard (1...253).contains(name.count), name.first != "-", name.first != ".",
                name.allSatisfy({ $0.isNameCharacter || $0 == "." })
            else { return false }
            guard parts.count == 2 else { return true }
            let slots = parts[1].unicodeScalars
            return (1...4).contains(slots.count) && slots.first != "0"
                && slots.allSatisfy { ("0"..."9").contains($0) }
        case .group:
            return (1...64).contains(scalars.count) && scalars.first != "-"
                && scalars.allSatisfy { $0.isNameCharacter || $0 == "." }
        case .layerName, .metricName:
            return (1...64).contains(scalars.count) && scalars.allSatisfy(\.isNameCharacter)
        }
    }
}
