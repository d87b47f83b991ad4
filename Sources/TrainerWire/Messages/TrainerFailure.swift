import Parallel

/// Why a trainer could not go on, in a sentence.
package struct TrainerFailure: Error, Codable, Sendable, Equatable, CustomStringConvertible {
    package var description: String
    /// Whether the disk or the system is at fault, and the same may succeed later.
    package var isOutsideTheJob: Bool

    package init(_ description: String, isOutsideTheJob: Bool) {
        self.description = description
        self.isOutsideTheJob = isOutsideTheJob
    }

    package init(_ error: any Error) {
        let failure = RankFailure(error)
        self.init(failure.description, isOutsideTheJob: failure.isOutsideTheJob)
    }
}
