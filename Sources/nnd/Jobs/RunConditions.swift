package import Control
package import Store

/// What a run's weights depend on besides the spec and the program.
package struct RunConditions: Sendable, Equatable {
    package var dataFingerprint: String
    package var instructionSet: String
    /// Whether `cluster.portable` has chosen that.
    package var isPortable: Bool

    /// What a job is looked at for, which says what can be done about a difference.
    package enum Purpose: String, Sendable {
        case resume
        case verify
        case evaluate
        case predict
        case export
    }

    package init(dataFingerprint: String, instructionSet: String, isPortable: Bool = false) {
        self.dataFingerprint = dataFingerprint
        self.instructionSet = instructionSet
        self.isPortable = isPortable
    }

    /// Why a job that ran under `earlier` conditions would not come to the same weights under
    /// these; nil if it would.
    package func difference(from earlier: JobRecord, to purpose: Purpose = .resume) -> String? {
        difference(
            job: earlier.name, dataFingerprint: earlier.dataFingerprint,
            instructionSet: earlier.instructionSet, to: purpose)
    }

    /// The same of the data alone.
    package func dataDifference(from earlier: JobRecord, to purpose: Purpose = .resume) -> String? {
        difference(
            job: earlier.name, dataFingerprint: earlier.dataFingerprint, instructionSet: nil, to: purpose)
    }

    /// The same of conditions that are given one by one.
    ///
    /// - Parameters:
    ///   - job: Its name.
    ///   - dataFingerprint: Of the earlier run; nil before the first.
    ///   - instructionSet: The same.
    ///   - purpose: What the job is looked at for.
    /// - Returns: One sentence; nil without a difference.
    package func difference(
        job: String, dataFingerprint: String?, instructionSet: String?, to purpose: Purpose = .resume
    ) -> String? {
        if let dataFingerprint, dataFingerprint != self.dataFingerprint {
            return "The training data of job `\(job)` has changed since its last run "
                + "(SHA-256 \(dataFingerprint.prefix(12))… then, \(self.dataFingerprint.prefix(12))… now); "
                + purpose.adviceOnData
        }
        if let instructionSet, instructionSet != self.instructionSet, isPortable {
            return "Job `\(job)` last ran with the instruction set \(instructionSet) and would go on with "
                + "\(self.instructionSet), which rounds differently, because its `cluster` is portable; "
                + "leave that as it was, or resume from a checkpoint by its id to accept the change."
        }
        if let instructionSet, instructionSet != self.instructionSet {
            return "Job `\(job)` last ran with the instruction set \(instructionSet) and this machine uses "
                + "\(self.instructionSet), which rounds differently; \(purpose.adviceOnMachine)"
        }
        return nil
    }

    /// Refuses a job that was told to accept other conditions and has not run under them: its weights are of others.
    ///
    /// - Throws: `Problem` of code `conflict`.
    package static func checkKnown(of record: JobRecord, to purpose: Purpose) throws(Problem) {
        guard record.dataFingerprint == nil || record.instructionSet == nil else { return }
        throw Problem(
            .conflict,
            "Job `\(record.name)` was told to go on with what has changed and has not run since; "
                + "\(purpose.rawValue) it when it has.")
    }
}

extension RunConditions.Purpose {
    fileprivate var adviceOnData: String {
        switch self {
        case .resume: "put it back, or resume from a checkpoint by its id to accept the change."
        case .verify: "put it back to verify the job."
        case .evaluate, .predict, .export:
            "the scaling fitted on it cannot be told, so put it back to \(rawValue) the job."
        }
    }

    fileprivate var adviceOnMachine: String {
        switch self {
        case .resume: "go on there, or resume from a checkpoint by its id to accept the change."
        case .verify, .evaluate, .predict, .export: "\(rawValue) it there."
        }
    }
}
