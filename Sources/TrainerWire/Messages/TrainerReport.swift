package import Parallel

/// What a trainer tells the daemon.
package enum TrainerReport: Codable, Sendable {
    /// The first: who it is.
    case hello(version: Int, secret: String)
    /// It has read the job's data.
    case ready(TrainerConditions)
    /// It cannot train the job.
    case refused(TrainingFailure)
    case progress(TrainingProgress, RunTimings)
    /// The snapshot that was offered last, once more.
    case offeredAgain
    case note(String)
    /// What has become of a request; nil when it has been done.
    case answer(number: Int, TrainerRefusal?)
    case ended(TrainingOutcome)
    case failed(TrainingFailure)
    /// It lives, though there is nothing else to say.
    case alive

    /// Changes with every change of these messages.
    package static let version = 1
}

/// What a trainer's weights depend on besides the spec and the program.
package struct TrainerConditions: Codable, Sendable, Equatable {
    package var dataFingerprint: String
    package var instructionSet: String
    /// Of how many processes it is.
    package var ranks: Int

    package init(dataFingerprint: String, instructionSet: String, ranks: Int) {
        self.dataFingerprint = dataFingerprint
        self.instructionSet = instructionSet
        self.ranks = ranks
    }
}

/// Why a trainer did not do what it was asked to: a `TrainingError`.
package struct TrainerRefusal: Codable, Sendable, Equatable {
    /// For a program; nil for another error.
    package var code: String?
    package var sentence: String

    init(_ error: any Error) {
        code = (error as? TrainingError)?.code.rawValue
        sentence = "\(error)"
    }

    /// As it was thrown there.
    package var error: TrainingError {
        TrainingError(code.flatMap(TrainingError.Code.init(rawValue:)) ?? .ended, sentence)
    }
}
