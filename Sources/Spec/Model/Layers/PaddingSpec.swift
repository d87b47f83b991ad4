/// What stands around a sample for a convolution to slide into.
public enum PaddingSpec: Sendable, Hashable {
    /// So many zeros in front of and behind each axis.
    case zeros([Int])
    /// As many zeros as make an output of ceil(input / stride); where their number is odd, one more behind.
    case same
}

extension PaddingSpec {
    /// Reads `padding` from the parameters of a layer with so many axes; nil without the key.
    static func read(_ node: DocumentNode, axes: Int) throws(SpecError) -> PaddingSpec? {
        guard let padding = node["padding"] else { return nil }
        if padding.string == word { return .same }
        return .zeros(try [Int](sizes: padding, axes: axes))
    }

    /// The word that stands for `same` in a job file.
    static let word = "same"

    var document: DocumentNode {
        switch self {
        case .zeros(let sizes): sizes.sizesDocument
        case .same: Self.word.document
        }
    }
}

extension [Int] {
    /// Reads one number for all axes, or a list with one for each.
    init(sizes node: DocumentNode, axes: Int) throws(SpecError) {
        if case .list = node.value {
            try self.init(node)
        } else {
            self.init(repeating: try Int(node), count: axes)
        }
    }

    /// Along one axis a number, along several a list.
    var sizesDocument: DocumentNode { count == 1 ? self[0].document : document }
}
