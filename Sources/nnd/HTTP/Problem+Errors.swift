package import Control
import Datasets
import Hummingbird
import NN
import Parallel
import Spec
import Store

extension Problem {
    /// The problem document for an error of any of our modules.
    package init(reporting error: any Error) {
        self =
            switch error {
            case let problem as Problem: problem
            case let refusal as JobLifecycle.Refusal: Problem(refusal)
            case let error as SpecError: Problem(.badSpec, error.description)
            case let error as DataError:
                Problem(
                    [.noSpace, .unwritable].contains(error.code) ? .storage : .badData, error.description)
            case let error as WeightsError: Problem(.badData, error.description)
            case let error as TrainingError: Problem(error)
            case let error as StoreError: Problem(error)
            case let error as LaunchError: Problem(.conflict, error.description)
            case let error as DecodingError: Problem(decoding: error)
            case let error as HTTPError:
                Problem(.badRequest, error.body ?? "The request is refused: \(error.status.reasonPhrase).")
            case is CancellationError:
                Problem(.shuttingDown, "The request was given up; the daemon shuts down.")
            default: Problem(.internalError, "The daemon met an unexpected error: \(error).")
            }
    }

    private init(_ refusal: JobLifecycle.Refusal) {
        switch refusal {
        case .notRunning(let sentence): self.init(.notRunning, sentence)
        case .conflict(let sentence): self.init(.conflict, sentence)
        }
    }

    private init(_ error: TrainingError) {
        let code: ProblemCode =
            switch error.code {
            case .mismatch: .badData
            case .noData, .memory, .nonfinite: .badSpec
            case .workers: .badRequest
            case .held: .storage
            case .ended: .notRunning
            }
        self.init(code, error.description)
    }

    private init(_ error: StoreError) {
        let code: ProblemCode =
            switch error.code {
            case .noSuchJob: .noSuchJob
            case .noSuchCheckpoint: .noSuchCheckpoint
            case .nameTaken: .nameTaken
            case .keyReused: .keyReused
            case .invalidName: .badRequest
            case .illegalTransition, .conflict: .conflict
            case .diskFull, .readOnly, .inputOutput, .damaged, .permissionDenied, .busy, .notADatabase,
                .newerVersion,
                .cannotOpen:
                .storage
            case .cancelled: .shuttingDown
            case .invalidSnapshot, .unexpected: .internalError
            }
        self.init(code, error.description)
    }
}
