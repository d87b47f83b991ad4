/// The way from the root of a document to a node, printed as `model.layers[2].dense`.
struct DocumentPath: Sendable, Equatable, CustomStringConvertible {
    enum Step: Sendable, Equatable {
        case key(String)
        case index(Int)
    }

    var steps: [Step] = []

    static let root = DocumentPath()

    func appending(_ key: String) -> DocumentPath { DocumentPath(steps: steps + [.key(key)]) }

    func appending(_ index: Int) -> DocumentPath { DocumentPath(steps: steps + [.index(index)]) }

    var description: String {
        var text = ""
        for step in steps {
            switch step {
            case .key(let key): text += (text.isEmpty ? "" : ".") + key.excerpt
            case .index(let index): text += "[\(index)]"
            }
        }
        return text
    }
}

extension DocumentPath {
    /// Reads `model.layers[0].dense.units`; nil when a step is empty or a bracket is not closed.
    ///
    /// `model.layers.0.dense` gives the key `0`, which a list takes for an index.
    init?(_ text: some StringProtocol) {
        for part in text.split(separator: ".", omittingEmptySubsequences: false) {
            let pieces = part.split(separator: "[", omittingEmptySubsequences: false)
            guard let key = pieces.first, !key.isEmpty else { return nil }
            steps.append(.key(String(key)))
            for piece in pieces.dropFirst() {
                guard piece.last == "]", let index = Int(piece.dropLast()), index >= 0 else { return nil }
                steps.append(.index(index))
            }
        }
    }
}

extension DocumentNode {
    /// Where the deepest node on the way along `path` stands; for a missing node, its nearest parent.
    func origin(along path: DocumentPath) -> Origin? {
        var node = self
        var found = origin
        for step in path.steps {
            switch (step, node.value) {
            case (.key(let key), .mapping(let entries)):
                guard let entry = entries.first(where: { $0.key == key }) else { return found }
                (node, found) = (entry.value, entry.origin)
                // The key may be the file's and its value an override's.
                if case .override = node.origin { found = node.origin }
            case (.index(let index), .list(let elements)):
                guard elements.indices.contains(index) else { return found }
                (node, found) = (elements[index], elements[index].origin)
            default:
                return found
            }
        }
        return found
    }
}
