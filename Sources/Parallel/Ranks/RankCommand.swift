/// What rank 0 has all ranks do next, together with it.
enum RankCommand: Sendable, Codable, Equatable {
    /// A run of steps on so many workers a rank.
    case train(cursor: TrainingCursor, steps: Int, rateFactor: Double, workers: Int)
    /// Score these chunks of the validation data, or, before the first, bring the weights together that are scored.
    case score(chunks: Range<Int>, workers: Int)
    /// Send rank 0 what a snapshot needs.
    case gatherState
    /// The run is over.
    case end
}
