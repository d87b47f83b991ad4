import Store

/// Where a job that is resumed leaves the way that it was on. It is recorded together with the job's new state, so that
/// no run begins on one way and commits on the other.
enum JobTurn: Sendable {
    /// From an older checkpoint; when a change is accepted, with other data or another instruction set.
    case branch(from: Int, acceptingChange: Bool)
    /// With another spec.
    case revision(SpecRevision)
}
