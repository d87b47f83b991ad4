import Control
import Foundation
import Logging
import Spec

extension LogLine {
    /// For people: time, level, message, and `key=value` each, in quotes where a value is not a plain word.
    package var text: String {
        "\(WireDate.string(time)) \(level.rawValue) \(body)".limited(to: Self.mostBytes)
    }

    /// For the journal, which notes the time itself and takes the level from the beginning, sd-daemon(3).
    package var journalText: String { "<\(level.priority)>\(body)".limited(to: Self.mostBytes) }

    private var body: String {
        let values = metadata.sorted { $0.key < $1.key }.map { "\($0.key.onOneLine)=\($0.value.word)" }
        return ([message.onOneLine] + values).joined(separator: " ")
    }
}

extension String {
    /// The text with all that moves a cursor or ends a line written as `\u{…}`.
    fileprivate var onOneLine: String {
        guard !unicodeScalars.allSatisfy(\.isPlainText) else { return self }
        return unicodeScalars.map {
            $0.isPlainText ? String($0) : "\\u{\(String($0.value, radix: 16))}"
        }.joined()
    }

    /// Whether a value needs no quotes.
    fileprivate var isWord: Bool {
        !isEmpty && unicodeScalars.allSatisfy { $0.isPlainText && !" \"\\=".unicodeScalars.contains($0) }
            && !unicodeScalars.contains { $0.properties.isWhitespace }
    }
}

extension Logger.MetadataValue {
    fileprivate var word: String {
        let text = description
        return text.isWord ? text : text.jsonLiteral
    }
}
