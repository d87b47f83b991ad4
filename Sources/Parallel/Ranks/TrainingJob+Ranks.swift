extension TrainingJob {
    /// How many samples the ranks score between two signs of progress, at most.
    ///
    /// - Parameter workers: Of all ranks together.
    /// - Returns: 0 where nothing is scored.
    package func samplesScoredAtATime(workers: Int) -> Int {
        validation == nil
            ? 0 : EvaluationPlan.chunksAtATime(workers: workers) * EvaluationPlan.chunkSize
    }
}
