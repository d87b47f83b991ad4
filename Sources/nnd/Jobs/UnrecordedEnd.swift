import Store

/// The end of a run that the store could not be told of, as on a disk that takes no writes. It knows the job as running
/// then, and a daemon that starts anew would run it again.
struct UnrecordedEnd {
    /// The job as it is once the end is recorded.
    let lifecycle: JobLifecycle
    /// What is still to be done for that.
    let actions: [JobLifecycle.Action]
    /// Why the job counts as paused meanwhile.
    let reason: String
}
