/// How often a run has lost its trainer in a row, without a new commit in between.
struct LostTrainers {
    /// So often it is begun again.
    private static let most = 5
    private var count = 0

    /// Takes note of a loss.
    ///
    /// - Parameter hasProgressed: Whether there was a new commit since the trainer began.
    /// - Returns: Whether the run may go on.
    mutating func mayGoOn(hasProgressed: Bool) -> Bool {
        count = hasProgressed ? 1 : count + 1
        return count <= Self.most
    }

    /// Before the run goes on: twice as long after each loss.
    var pause: Duration { .milliseconds(100 << count) }
}
