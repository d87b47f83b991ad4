import Control
import Foundation
import Logging
import Spec

extension LogLine {
    /// For programs: one object with `time`, `level`, `message` and the metadata beside them. A key of the metadata that has one of
    /// these names ends with `_`.
    package var json: String {
        let line = json(limit: 4096)
        return line.utf8.count <= Self.mostBytes ? line : json(limit: 256)
    }

    /// The line with at most so many bytes of the message and of each text in the metadata, before they are escaped.
    private func json(limit: Int) -> String {
        let own = ["time", "level", "message"]
        var pairs = [
            ("time", WireDate.string(time).jsonLiteral), ("level", level.rawValue.jsonLiteral),
            ("message", message.limited(to: limit).jsonLiteral),
        ]
        for (key, value) in metadata.sorted(by: { $0.key < $1.key }) {
            pairs.append((own.contains(key) ? key + "_" : key, value.json(limit)))
        }
        return "{" + pairs.map { "\($0.jsonLiteral):\($1)" }.joined(separator: ",") + "}"
    }
}

extension Logger.MetadataValue {
    /// Numbers stay numbers, if they are given as such.
    fileprivate func json(_ limit: Int) -> String {
        switch self {
        case .string(let text): text.limited(to: limit).jsonLiteral
        case .stringConvertible(let number as Int): "\(number)"
        case .stringConvertible(let number as Double) where number.isFinite: "\(number)"
        case .stringConvertible(let value): value.description.limited(to: limit).jsonLiteral
        case .array(let values): "[" + values.map { $0.json(limit) }.joined(separator: ",") + "]"
        case .dictionary(let values):
            "{"
                + values.sorted { $0.key < $1.key }.map { "\($0.key.jsonLiteral):\($0.value.json(limit))" }
                .joined(separator: ",") + "}"
        }
    }
}
