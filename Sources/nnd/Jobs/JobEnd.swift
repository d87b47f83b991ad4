/// How a run of a job came to its end, as its runner saw it.
package enum JobEnd: Sendable, Hashable {
    /// Every step was taken.
    case completed
    /// Training ended before its last step because its metric got no better; the job has succeeded.
    case stoppedEarly(reason: String)
    /// The run left off at a step boundary, after its checkpoint was durable, because it was asked to.
    case yielded
    /// A checkpoint could not be stored or the data could not be reached. The last checkpoint is whole, and
    /// the job can go on from there once that is mended.
    case halted(reason: String)
    /// The job's data is read, and its training would not find room in the memory beside the other jobs. It waits for its
    /// turn again.
    case crowded
    /// The job cannot go on.
    case failed(reason: String)
}
