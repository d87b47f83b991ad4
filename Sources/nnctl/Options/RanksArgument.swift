import ArgumentParser

/// What `--ranks` takes.
enum RanksArgument {
    /// - Throws: `ValidationError` that says what would be right.
    static func check(_ ranks: Int?) throws {
        if let ranks, !(1...1024).contains(ranks) {
            throw ValidationError("--ranks is a number from 1 to 1024.")
        }
    }
}
