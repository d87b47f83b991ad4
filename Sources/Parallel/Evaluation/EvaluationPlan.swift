/// How a data set is cut into chunks for scoring: a function of its size alone, so that the score has the same
/// bits at any number of workers. No sample is padded or repeated.
struct EvaluationPlan: Sendable {
    let samples: Int
    static let chunkSize = 256

    var chunks: Int { (samples + EvaluationPlan.chunkSize - 1) / EvaluationPlan.chunkSize }

    /// How many chunks the workers of several ranks score at a time, so many in all: a few each.
    static func chunksAtATime(workers: Int) -> Int { 2 * workers }

    func rows(of chunk: Int) -> Range<Int> {
        let start = chunk * EvaluationPlan.chunkSize
        return start..<min(start + EvaluationPlan.chunkSize, samples)
    }
}
