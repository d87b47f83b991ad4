/// The words that may stand at one place, and what is said about all others.
struct Vocabulary {
    /// What a word is called: `key`, `layer`.
    var noun: Noun
    var words: [String]
    /// Words of the format that this version does not have.
    var unavailable: [String]
    /// Keys that may stand beside a word and are not of its sort.
    var companions: [String] = []

    /// The sentence for a word that is not among `words`.
    func problem(with word: String) -> String {
        if unavailable.contains(word) {
            // A key is one key; `dropout` stands for all layers of its kind.
            let subject =
                noun.singular == "key" ? "the key \(word.code) is" : "\(word.code) \(noun.plural) are"
            return "\(subject) not available in this version; available: \(words.commaSeparated)"
        }
        let unknown = "unknown \(noun.singular) \(word.code)"
        if allowed.isEmpty { return "\(unknown); there is nothing to set here" }
        let list = "allowed here: \(allowed.commaSeparated)"
        guard let nearest = nearestWord(to: word, among: allowed) else { return "\(unknown); \(list)" }
        let question = "\(unknown), did you mean `\(nearest)`?"
        // A long list would bury the answer.
        return allowed.count > 12 ? question : "\(question) \(list)"
    }

    private var allowed: [String] { words + companions }
}

/// The known word that needs the fewest edits, if those are few enough for a slip of the fingers.
package func nearestWord(to word: String, among words: [String]) -> String? {
    let letters = Array(word.unicodeScalars.prefix(64))
    var best: (word: String, distance: Int)?
    for candidate in words {
        let others = Array(candidate.unicodeScalars.prefix(64))
        let most = max(1, min(letters.count, others.count) / 3)
        // As many edits as they differ in length are needed at least.
        guard abs(letters.count - others.count) <= most else { continue }
        let distance = editDistance(letters, others)
        guard distance <= most, distance < best?.distance ?? .max else { continue }
        best = (candidate, distance)
    }
    return best?.word
}

/// The sentence, without a full stop, for a word that is not among those that are allowed, with the nearest of them.
package func unknownWord(_ word: String, _ noun: String, plural: String, allowed: [String]) -> String {
    Vocabulary(noun: Noun(noun, plural), words: allowed, unavailable: []).problem(with: word)
}

/// How many insertions, deletions, replacements and swaps of neighbours make `a` of `b`
/// (optimal string alignment; Damerau 1964, doi:10.1145/363958.363994).
func editDistance<Letter: Equatable>(_ a: [Letter], _ b: [Letter]) -> Int {
    var beforeLast: [Int] = []
    var last = Array(0...b.count)
    for i in a.indices {
        var row = [i + 1]
        for j in b.indices {
            var best = min(last[j] + (a[i] == b[j] ? 0 : 1), last[j + 1] + 1, row[j] + 1)
            if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { best = min(best, beforeLast[j - 1] + 1) }
            row.append(best)
        }
        (beforeLast, last) = (last, row)
    }
    return last[b.count]
}
