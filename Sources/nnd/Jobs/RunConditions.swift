package import Store

/// What a run's weights depend on besides the spec and the program.
package struct RunConditions: Sendable, Equatable {
    package var dataFingerprint: String
    package var instructionSet: String

    package init(dataFingerprint: String, instructionSet: String) {
        self.dataFingerprint = dataFingerprint
        self.instructionSet = instructionSet
    }

    /// Why a job that ran under `earlier` conditions would not come to the same weights under
    /// these; nil if it would.
    package func difference(from earlier: JobRecord) -> String? {
        difference(
            job: earlier.name, dataFingerprint: earlier.dataFingerprint,
            instructionSet: earlier.instructionSet)
    }

    /// The same of the data alone.
    package func dataDifference(from earlier: JobRecord) -> String? {
        difference(job: earlier.name, dataFingerprint: earlier.dataFingerprint, instructionSet: nil)
    }

    /// - Parameters: Of the earlier run; nil before the first.
    package func difference(job: String, dataFingerprint: String?, instructionSet: String?) -> String? {
        if let dataFingerprint, dataFingerprint != self.dataFingerprint {
            return "The training data of job `\(job)` has changed since its last run "
                + "(SHA-256 \(dataFingerprint.prefix(12))… then, \(self.dataFingerprint.prefix(12))… now); "
                + "put it back, or resume from a checkpoint by its id to accept the change."
        }
        if let instructionSet, instructionSet != self.instructionSet {
            return "Job `\(job)` last ran with the instruction set \(instructionSet) and this machine uses "
                + "\(self.instructionSet), which rounds differently; go on there, "
                + "or resume from a checkpoint by its id to accept the change."
        }
        return nil
    }
}
