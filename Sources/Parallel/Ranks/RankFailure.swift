/// Why a job could not go on over several ranks, in a sentence.
package struct RankFailure: Error, Sendable, Equatable, CustomStringConvertible {
    package let description: String

    package init(_ description: String) { self.description = description }

    /// What went wrong on one rank, as the others say it.
    init(rank: Int, _ sentence: String) { description = "rank \(rank): \(sentence)" }
}
