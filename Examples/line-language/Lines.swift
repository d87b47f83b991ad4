import Datasets
import Foundation

/// Lines of the project's files with their languages.
struct Lines {
    /// What the net sees of a line: so many bytes, with zeros behind a shorter one.
    static let length = 48

    private(set) var train: [(line: String, language: Language)] = []
    private(set) var test: [(line: String, language: Language)] = []

    /// Reads the files of a project. Every fourth file of a language is for the test, so that no line of a file is seen
    /// before.
    ///
    /// - Parameters:
    ///   - project: The folder.
    ///   - most: Training lines of one language; where there are more, they are taken at equal distances.
    /// - Throws: what Foundation says of a file that it cannot read.
    init(project: String, most: Int) throws {
        let folders = ["Sources", "Tests", "Examples", "docs", "scripts", ".ci"]
        let paths =
            folders.flatMap { folder in
                (FileManager.default.enumerator(atPath: "\(project)/\(folder)")?.allObjects ?? [])
                    .compactMap { $0 as? String }.map { "\(folder)/\($0)" }
            } + ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"]
        for language in Language.allCases {
            let files = paths.filter { Language(path: $0) == language }.sorted()
            var lines: (train: [String], test: [String]) = ([], [])
            for (index, file) in files.enumerated() {
                let text = try String(contentsOfFile: "\(project)/\(file)", encoding: .utf8)
                if index % 4 == 2 {
                    lines.test += Lines.lines(text)
                } else {
                    lines.train += Lines.lines(text)
                }
            }
            train += Lines.thinned(lines.train, to: most).map { ($0, language) }
            test += Lines.thinned(lines.test, to: most / 4).map { ($0, language) }
        }
    }

    /// The lines that say something, without the blanks around them.
    private static func lines(_ text: String) -> [String] {
        text.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }.filter { $0.count >= 8 }
    }

    private static func thinned(_ lines: [String], to most: Int) -> [String] {
        lines.count <= most ? lines : (0..<most).map { lines[$0 * lines.count / most] }
    }

    /// A line's first bytes as numbers.
    static func features(_ line: String) -> [Float] {
        let bytes = line.utf8.prefix(length).map { Float($0) }
        return bytes + [Float](repeating: 0, count: length - bytes.count)
    }

    /// - Throws: `DataError` when there are no lines.
    static func dataset(_ lines: [(line: String, language: Language)]) throws -> Dataset {
        try Dataset(
            features: .floats(lines.flatMap { features($0.line) }), featureShape: [length],
            targets: .classes(
                lines.map { Int32($0.language.rawValue) }, classCount: Language.allCases.count))
    }
}
