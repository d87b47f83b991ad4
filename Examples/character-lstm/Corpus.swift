import Datasets
import Foundation

/// A text as indices into its alphabet.
struct Corpus {
    /// The characters that occur, in the order of their codes.
    let alphabet: [Character]
    let indices: [Int32]

    /// - Parameter files: Paths, read one after another.
    /// - Throws: what Foundation says of a file that it cannot read.
    init(files: [String]) throws {
        // Blanks in a row are layout: who learns them writes nothing else once it has begun with them.
        let text = try files.map { try String(contentsOfFile: $0, encoding: .utf8) }.joined(separator: "\n")
            .replacing(#/ +/#, with: " ")
        let alphabet = Set(text).sorted()
        let places = Dictionary(uniqueKeysWithValues: zip(alphabet, Int32(0)...))
        self.alphabet = alphabet
        indices = text.compactMap { places[$0] }
    }

    /// The project's licence and documents, in a fixed order.
    static func files(of project: String) -> [String] {
        let documents = (FileManager.default.enumerator(atPath: project + "/docs")?.allObjects ?? [])
            .compactMap { $0 as? String }.filter { $0.hasSuffix(".md") }.sorted()
        return ["LICENSE", "README.md", "CONTRIBUTING.md"].map { "\(project)/\($0)" }
            + documents.map { "\(project)/docs/\($0)" }
    }

    /// Windows of the text, each half a window on from the one before, with the same window one character
    /// on as its labels.
    ///
    /// - Parameters:
    ///   - part: Which characters, as parts of the text's length.
    ///   - length: Characters of a window.
    /// - Returns: a sample a window.
    /// - Throws: `DataError` when the part is shorter than a window.
    func windows(in part: Range<Double>, length: Int) throws -> Dataset {
        let count = Double(indices.count)
        let first = Int(part.lowerBound * count)
        let last = Int(part.upperBound * count) - length - 1
        let starts = first > last ? [] : Array(stride(from: first, through: last, by: length / 2))
        return try Dataset(
            features: .floats(starts.flatMap { indices[$0..<$0 + length].map { Float($0) } }),
            featureShape: [length],
            targets: .sequences(
                starts.flatMap { indices[$0 + 1...$0 + length] }, length: length,
                classCount: alphabet.count))
    }
}
