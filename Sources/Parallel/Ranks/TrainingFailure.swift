import Datasets

/// Why a job could not go on, as a rank tells it to the others and a trainer to the daemon: a sentence.
package struct TrainingFailure: Error, Sendable, Hashable, Codable, CustomStringConvertible {
    package let description: String
    /// Whether the disk or the system is at fault, and the same may succeed later.
    package let isOutsideTheJob: Bool

    package init(_ description: String, isOutsideTheJob: Bool = false) {
        self.description = description
        self.isOutsideTheJob = isOutsideTheJob
    }

    /// What went wrong, as it is told to others.
    package init(_ error: any Error) {
        let isOutside =
            switch error {
            case let error as DataError: error.isOutsideTheJob
            case let failure as TrainingFailure: failure.isOutsideTheJob
            default: false
            }
        self.init("\(error)", isOutsideTheJob: isOutside)
    }

    /// What went wrong on one rank, as the others say it.
    init(rank: Int, _ failure: TrainingFailure) {
        self.init("rank \(rank): \(failure)", isOutsideTheJob: failure.isOutsideTheJob)
    }
}
