/// A trainer in another process is gone, or silent, before its run was over. What came after the last commit is gone; the job can
/// go on from there.
package struct TrainerLost: Error, Sendable, Equatable, CustomStringConvertible {
    package let description: String

    init(_ description: String) { self.description = description }
}
