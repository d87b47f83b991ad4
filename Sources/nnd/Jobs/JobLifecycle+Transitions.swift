private import Control

extension JobLifecycle {
    func fromQueued(_ event: Event) throws(Refusal) -> (State, [Action]) {
        switch event {
        case .launch: (.running(.train), [.startRun, .record(.running, reason: nil)])
        case .stop: (.stopped, [.dequeue, .record(.stopped, reason: Reason.stop)])
        case .pause: (.paused, [.dequeue, .record(.paused, reason: Reason.pause)])
        case .scale(let workers): (state, [.recordWorkers(workers)])
        case .suspend: (state, [])
        case .resume: throw .conflict("Job `\(name)` is already queued.")
        case .checkpoint, .ended: throw notRunning
        case .delete: throw .conflict("Job `\(name)` is queued; stop it before removing it.")
        }
    }

    func fromRunning(_ intent: Intent, _ event: Event) throws(Refusal) -> (State, [Action]) {
        switch (event, intent) {
        case (.ended(let end), _): return ended(end, intent)
        case (.launch, _): throw .conflict("Job `\(name)` is already running.")
        case (.delete, _): throw .conflict("Job `\(name)` is running; stop it before removing it.")
        case (.stop, .train): return (.running(.stop), [.endRun, .awaitEnd])
        case (.pause, .train): return (.running(.pause), [.endRun, .awaitEnd])
        case (.suspend, .train): return (.running(.suspend), [.endRun])
        // The run is leaving off already: what was asked last, or weighs more, decides what the job becomes.
        case (.stop, _): return (.running(.stop), [.awaitEnd])
        case (.pause, .pause), (.pause, .suspend): return (.running(.pause), [.awaitEnd])
        case (.suspend, _): return (state, [])
        case (.resume, .train): throw .conflict("Job `\(name)` is already running.")
        case (.scale(let workers), .train): return (state, [.recordWorkers(workers), .rescaleRun(workers)])
        case (.checkpoint, .train): return (state, [.checkpointRun])
        case (.pause, _), (.resume, _), (.scale, _), (.checkpoint, _):
            throw .conflict("Job `\(name)` is \(intent.description); wait until it has ended.")
        }
    }

    func fromPaused(_ event: Event) throws(Refusal) -> (State, [Action]) {
        switch event {
        case .stop: (.stopped, [.record(.stopped, reason: Reason.stop)])
        case .resume: (.queued, [.record(.queued, reason: nil), .enqueue])
        case .scale(let workers): (state, [.recordWorkers(workers)])
        case .suspend: (state, [])
        case .pause, .checkpoint, .ended: throw notRunning
        case .launch: throw .conflict("Job `\(name)` is paused; resume it first.")
        case .delete: throw .conflict("Job `\(name)` is paused; stop it before removing it.")
        }
    }

    func fromEnded(_ event: Event) throws(Refusal) -> (State, [Action]) {
        switch event {
        case .resume where state != .succeeded: (.queued, [.record(.queued, reason: nil), .enqueue])
        case .delete: (state, [.remove])
        case .suspend: (state, [])
        case .stop, .pause, .scale, .checkpoint, .ended: throw notRunning
        case .launch, .resume:
            throw .conflict("Job `\(name)` has already \(state.description).")
        }
    }

    private func ended(_ end: JobEnd, _ intent: Intent) -> (State, [Action]) {
        switch (end, intent) {
        case (.completed, _): (.succeeded, [.record(.succeeded, reason: nil)])
        case (.stoppedEarly(let reason), _): (.succeeded, [.record(.succeeded, reason: reason)])
        case (.failed(let reason), _): (.failed, [.record(.failed, reason: reason)])
        case (.halted(let reason), .stop): (.stopped, [.record(.stopped, reason: reason)])
        case (.halted(let reason), .suspend): (.queued, [.record(.queued, reason: reason)])
        case (.halted(let reason), _): (.paused, [.record(.paused, reason: reason)])
        case (.yielded, .stop): (.stopped, [.record(.stopped, reason: Reason.stop)])
        case (.yielded, .suspend): (.queued, [.record(.queued, reason: Reason.suspend)])
        case (.yielded, .pause): (.paused, [.record(.paused, reason: Reason.pause)])
        // A run leaves off only when asked to; were it ever to do so unasked, nothing is lost by a pause.
        case (.yielded, .train): (.paused, [.record(.paused, reason: Reason.unasked)])
        }
    }

    private var notRunning: Refusal {
        .notRunning("Job `\(name)` is not running: it \(state.isEnded ? "has" : "is") \(state.description).")
    }
}

/// The reasons that a job's state is explained with.
enum Reason {
    static let stop = "asked to stop"
    static let pause = "asked to pause"
    static let suspend = "the daemon was shut down; goes on from its last checkpoint when it starts again"
    static let unasked = "left off without being asked; resume it to go on"
}

extension JobLifecycle.State {
    var isEnded: Bool {
        switch self {
        case .succeeded, .failed, .stopped: true
        case .queued, .running, .paused: false
        }
    }

    var description: String {
        switch self {
        case .queued: "queued"
        case .running: "running"
        case .paused: "paused"
        case .succeeded: "succeeded"
        case .failed: "failed"
        case .stopped: "been stopped"
        }
    }
}

extension JobLifecycle.Intent {
    var description: String {
        switch self {
        case .train: "running"
        case .stop: "being stopped"
        case .pause: "being paused"
        case .suspend: "being checkpointed, because the daemon shuts down"
        }
    }
}
