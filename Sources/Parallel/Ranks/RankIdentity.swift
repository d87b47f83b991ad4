package import Spec

/// What must be the same on all ranks of a job, since its bits depend on it.
package struct RankIdentity: Sendable, Codable, Equatable {
    /// The job, as canonical JSON.
    package var job: String
    package var program = ProgramIdentity.own
    package var instructionSet: String
    package var dataFingerprint: String
    /// Why this rank could not make the job ready; nil if it could.
    package var failure: TrainingFailure?

    /// - Parameters:
    ///   - job: Ready, or why it could not be made ready.
    ///   - spec: As all ranks have it; nil for the job's own, with the paths of this host.
    package init(_ job: Result<TrainingJob, any Error>, spec: JobSpec? = nil) {
        instructionSet = Parallel.instructionSet()
        switch job {
        case .success(let job):
            (self.job, dataFingerprint) = ((spec ?? job.spec).canonicalJSON, job.dataFingerprint)
        case .failure(let error):
            (self.job, dataFingerprint, failure) = ("", "", TrainingFailure(error))
        }
    }

    private func isOneJob(with other: RankIdentity) -> Bool {
        (job, instructionSet, dataFingerprint) == (other.job, other.instructionSet, other.dataFingerprint)
    }

    /// Why such ranks cannot train together: one sentence, the same on all of them; nil if they can.
    package static func problem(_ all: [RankIdentity]) -> TrainingFailure? {
        // Mostly all say the same, as of a file that is not there, and then it is no rank's affair.
        let failures = all.map(\.failure)
        if let first = failures.first(where: { $0 != nil }) ?? nil {
            if Set(failures).count == 1 { return first }
            return TrainingFailure(rank: failures.firstIndex { $0 != nil } ?? 0, first)
        }
        guard let first = all.first else { return nil }
        for (rank, identity) in all.enumerated() {
            let problem = identity.program.problem(ofRank: rank, besides: first.program)
            if let problem { return TrainingFailure(problem) }
        }
        guard let other = all.firstIndex(where: { !$0.isOneJob(with: first) }) else { return nil }
        let odd = all[other]
        if odd.instructionSet != first.instructionSet {
            return TrainingFailure(
                "rank 0 computes with \(first.instructionSet) and rank \(other) with \(odd.instructionSet), which give "
                    + "other bits; use hosts with one kind of processor, or set `cluster.portable`")
        }
        if odd.dataFingerprint != first.dataFingerprint {
            return TrainingFailure(
                "rank \(other) has read other samples than rank 0 has; give all hosts the same files")
        }
        return TrainingFailure(
            "rank \(other) has read another job than rank 0 has; give all hosts the same job file")
    }
}

extension RankLink {
    /// Compares the ranks before they train together.
    ///
    /// - Parameter identity: Of this rank.
    /// - Throws: `TrainingFailure`, the same on all ranks.
    package func agree(on identity: RankIdentity) async throws {
        if let problem = RankIdentity.problem(try await allgather(identity)) { throw problem }
    }
}
