extension Worker {
    /// Copies this worker's part of the buffers at a step boundary.
    ///
    /// On a worker's thread, because it takes long where there are many parameters, and nobody trains meanwhile.
    /// - Parameters:
    ///   - state: The buffers; nobody writes to them now.
    ///   - index: This worker's number.
    ///   - workers: How many copy.
    /// - Returns: The copies, with the buffers' numbers.
    func copyBuffers(
        of state: TrainingState, as index: Int, among workers: Int
    ) -> [(number: Int, buffer: SnapshotBuffer)] {
        state.copies(part: index, of: workers)
    }
}
