package import Parallel

/// A table with a header and a row a sample (RFC 4180, with line feeds).
package struct PredictionCSV: PredictionWriter {
    private let shape: PredictionShape

    package init(_ shape: PredictionShape) { self.shape = shape }

    package var head: [UInt8] {
        var columns: [String] = shape.files == nil ? [] : ["file"]
        if shape.isSequence {
            columns += (0..<shape.classes).map { "class_\($0)" }
        } else if shape.classes > 0 {
            columns += shape.classNames == nil ? ["class"] : ["class", "name"]
        }
        let word = shape.kind == .numbers ? "value" : "probability"
        columns += (0..<shape.size).map { "\(word)_\(indices(of: $0))" }
        return Array((columns.joined(separator: ",") + "\n").utf8)
    }

    package var end: [UInt8] { [] }

    package func body(of chunk: PredictedChunk, _ samples: Range<Int>) -> [UInt8] {
        var text = ""
        for (place, sample) in samples.enumerated() {
            var fields = shape.files.map { [quoted($0[sample])] } ?? []
            let classes = chunk.classes[place * shape.classes..<(place + 1) * shape.classes]
            fields += classes.map { $0 < 0 ? "" : "\($0)" }
            if !shape.isSequence, shape.classNames != nil, let label = classes.first {
                fields.append(quoted(shape.name(of: label) ?? ""))
            }
            fields += chunk.values[place * shape.size..<(place + 1) * shape.size].map { "\($0)" }
            text += fields.joined(separator: ",") + "\n"
        }
        return Array(text.utf8)
    }

    /// The place of a number along each axis: `3`, or `0_3`.
    private func indices(of place: Int) -> String {
        var (rest, indices) = (place, [Int]())
        for size in shape.shape.reversed() {
            indices.append(rest % size)
            rest /= size
        }
        return indices.reversed().map { "\($0)" }.joined(separator: "_")
    }

    private func quoted(_ text: String) -> String {
        guard text.contains(where: { ",\"\r\n".contains($0) }) else { return text }
        return "\"\(text.replacing("\"", with: "\"\""))\""
    }
}
