import Control
import Foundation
package import Parallel

/// One object a sample and a sample a line: bare, or as the elements of `{"predictions":[…]}`.
///
/// Numbers are the shortest that read back to the same 32 bits. `Infinity` and `NaN` are strings, as everywhere in the API.
package struct PredictionJSON: PredictionWriter {
    private let shape: PredictionShape
    private let isDocument: Bool

    package init(_ shape: PredictionShape, isDocument: Bool) {
        (self.shape, self.isDocument) = (shape, isDocument)
    }

    package var head: [UInt8] { Array((isDocument ? "{\"predictions\":[" : "").utf8) }
    package var end: [UInt8] { Array((isDocument ? "]}\n" : "").utf8) }

    package func body(of chunk: PredictedChunk, _ samples: Range<Int>) -> [UInt8] {
        var text = ""
        for (place, sample) in samples.enumerated() {
            if isDocument, sample > 0 { text += ",\n" }
            text += "{"
            addClasses(of: chunk, place, sample, to: &text)
            text += shape.kind == .numbers ? "\"values\":" : "\"probabilities\":"
            addNumbers(
                chunk.values[place * shape.size..<(place + 1) * shape.size], shape.shape[...], to: &text)
            text += isDocument ? "}" : "}\n"
        }
        return Array(text.utf8)
    }

    private func addClasses(
        of chunk: PredictedChunk, _ place: Int, _ sample: Int, to text: inout String
    ) {
        let classes = chunk.classes[place * shape.classes..<(place + 1) * shape.classes]
        let numbers = classes.map { $0 < 0 ? "null" : "\($0)" }.joined(separator: ",")
        if shape.isSequence {
            text += "\"classes\":[\(numbers)],"
        } else if !classes.isEmpty {
            text += "\"class\":\(numbers),"
        }
        if let files = shape.files { text += "\"file\":\(quoted(files[sample]))," }
        if !shape.isSequence, let name = classes.first.flatMap(shape.name) {
            text += "\"name\":\(quoted(name)),"
        }
    }

    /// Lists in lists, as many as the shape has axes.
    private func addNumbers(_ numbers: ArraySlice<Float>, _ shape: ArraySlice<Int>, to text: inout String) {
        guard shape.count > 1, let count = shape.first else {
            text += "[\(numbers.map(Self.text).joined(separator: ","))]"
            return
        }
        let size = numbers.count / max(1, count)
        text += "["
        for part in 0..<count {
            if part > 0 { text += "," }
            let start = numbers.startIndex + part * size
            addNumbers(numbers[start..<start + size], shape.dropFirst(), to: &text)
        }
        text += "]"
    }

    private static func text(_ number: Float) -> String {
        if number.isNaN { return "\"NaN\"" }
        if number.isInfinite { return number < 0 ? "\"-Infinity\"" : "\"Infinity\"" }
        return "\(number)"
    }

    private func quoted(_ text: String) -> String {
        (try? WireJSON.encode(text)).map { String(decoding: $0, as: UTF8.self) } ?? "\"\""
    }
}
