import Control
import Datasets
import Parallel
import Store
import TrainerWire

extension JobEnd {
    /// The end of a run that an error brought about.
    ///
    /// What a disk did is no fault of the job, be it full or be the one with the data not mounted: the
    /// job waits, whole up to its last checkpoint, until somebody resumes it.
    package init(_ error: any Error) {
        let isOutside =
            switch error {
            case let error as StoreError: error.isOutsideTheJob
            case let error as DataError: error.isOutsideTheJob
            case let failure as TrainingFailure: failure.isOutsideTheJob
            // A program that is missing, a machine that is gone: somebody can mend that.
            case is TrainerLost, is LaunchError, is WireError: true
            case let problem as Problem: problem.code == .busy
            // The daemon may not read as the job's owner, which an administrator can mend.
            case let problem as Problem: problem.code == .forbidden
            default: false
            }
        self = isOutside ? .halted(reason: "\(error)") : .failed(reason: "\(error)")
    }
}

extension StoreError {
    /// Whether the disk or the system is at fault, and the same call may succeed later.
    var isOutsideTheJob: Bool {
        switch code {
        case .diskFull, .readOnly, .inputOutput, .busy, .cannotOpen, .permissionDenied: true
        default: false
        }
    }
}
