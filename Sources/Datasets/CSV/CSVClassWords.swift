/// Classes that a table has words for: `Iris-setosa`. They count from 0 in the order of their bytes.
struct CSVClassWords {
    /// In the order of their bytes, whichever have come so far.
    var names: [String] { known ?? numbers.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) } }
    /// In the order in which they came, or that of `known`.
    private var numbers: [String: Int32] = [:]
    private let known: [String]?

    /// A column of more different words is no column of classes.
    private static let most = 1 << 16

    init() { known = nil }

    /// Those of the training data, and no others.
    init(known: [String]) {
        self.known = known
        for (index, name) in known.enumerated() { numbers[name] = Int32(clamping: index) }
    }

    /// The number of a word for now.
    ///
    /// - Throws: `DataError` when the training data does not have the word, or there are too many.
    mutating func number(of word: String) throws(DataError) -> Float {
        if let number = numbers[word] { return Float(number) }
        guard !word.isEmpty else { throw DataError(.badLabel, "the field is empty, where a class is needed") }
        if let known {
            throw DataError(
                .badLabel,
                "\(word.debugDescription) is no class of the training data, which has \(known.excerpt)")
        }
        guard numbers.count < Self.most else {
            throw DataError(.badLabel, "there are more than \(Self.most) different labels; are they classes?")
        }
        numbers[word] = Int32(numbers.count)
        return Float(numbers.count - 1)
    }

    /// For each number that was given its class; nil where they are the same.
    var classes: [Int32]? {
        guard known == nil else { return nil }
        var classes = [Int32](repeating: 0, count: numbers.count)
        for (place, name) in names.enumerated() {
            if let number = numbers[name] { classes[Int(number)] = Int32(place) }
        }
        return classes
    }
}

extension [String] {
    /// The first of them, for a sentence.
    var excerpt: String {
        prefix(10).map(\.debugDescription).joined(separator: ", ") + (count > 10 ? ", …" : "")
    }
}
