import Spec
import Store

/// A job as the supervisor keeps it in mind; the rest is in the store.
struct JobEntry {
    var lifecycle: JobLifecycle
    /// An error if another version of the program wrote a spec that this one cannot read.
    let spec: Result<JobSpec, SpecError>
    /// Why the job is paused, when the store could not be told; it knows only an earlier state then.
    var unrecordedPause: String?
    /// The newest values of the job's curves as of a checkpoint.
    var curves: (checkpoint: Int?, summary: CurveSummary)?

    init(_ record: JobRecord) {
        lifecycle = JobLifecycle(name: record.name, state: .init(record.state))
        spec = Result { () throws(SpecError) in try JobSpec(yaml: record.specJSON, file: record.name) }
    }
}

extension JobLifecycle.State {
    /// The state of a job that nothing runs yet.
    init(_ state: JobRecord.State) {
        switch state {
        case .queued, .running: self = .queued
        case .paused: self = .paused
        case .succeeded: self = .succeeded
        case .failed: self = .failed
        case .stopped: self = .stopped
        }
    }
}
