extension Worker {
    /// Copies this worker's part of the buffers at a step boundary.
    ///
    /// On a worker's thread, because it takes long where there are many parameters, and nobody trains meanwhile.
    /// - Parameters:
    ///   - copies: Where to; nobody writes to the job's own buffers now.
    ///   - index: This worker's number.
    ///   - workers: How many copy.
    func copyBuffers(to copies: SnapshotMemory, as index: Int, among workers: Int) {
        copies.take(part: index, of: workers)
    }
}
