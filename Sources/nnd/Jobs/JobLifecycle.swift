package import Control
package import Spec

/// What a job is doing and what may happen to it next: a pure state machine.
///
/// Every event either is refused with a sentence, and nothing changes, or returns the actions
/// that `JobSupervisor` has to carry out, in order.
package struct JobLifecycle: Sendable, Equatable {
    package enum State: Sendable, Hashable {
        /// Waits for a free place among the running jobs.
        case queued
        /// Waits until it is time to run it again, after a failure that may go away; to everybody else it is queued.
        case waiting
        case running(Intent)
        case paused
        case succeeded
        case failed
        case stopped
    }

    /// What becomes of a running job once its run has ended.
    package enum Intent: Sendable, Hashable, CaseIterable {
        /// Nothing was asked: it goes on to its last step.
        case train
        case stop
        case pause
        /// Without a checkpoint.
        case kill
        /// The daemon ends; the job goes on when it starts again.
        case suspend
    }

    package enum Event: Sendable, Equatable {
        /// A place is free.
        case launch
        /// It is time to run the job again.
        case retry
        case stop
        case kill
        case pause
        case resume
        case scale(WorkerCount)
        case checkpoint
        case delete
        /// The daemon is shutting down.
        case suspend
        case ended(JobEnd)
    }

    package enum Action: Sendable, Equatable {
        /// Make the new state durable, with the reason for it.
        case record(JobState, reason: String?)
        case enqueue
        /// Let `retry` happen after the pause before this restart, counted from 1.
        case enqueueLater(restart: Int)
        /// Take the job out of the queue, or out of the pause before it.
        case dequeue
        case startRun
        /// Ask the run to leave off at the next step boundary.
        case endRun
        /// Ask the run to leave off at the next step boundary without a checkpoint.
        case killRun
        /// Answer the request only when the run has ended.
        case awaitEnd
        /// Keep the new number of workers for the next run.
        case recordWorkers(WorkerCount)
        /// Bring the runs to the shares that they have now.
        case rescaleRun
        case checkpointRun
        case remove
    }

    /// Why an event was refused.
    package enum Refusal: Error, Sendable, Hashable {
        case notRunning(String)
        case conflict(String)
    }

    /// What people call the job; it stands in the refusals' sentences.
    package let name: String
    package private(set) var state: State
    package private(set) var restarts: Restarts

    package var isRunning: Bool { if case .running = state { true } else { false } }

    package init(name: String, state: State, restarts: Restarts = Restarts()) {
        self.name = name
        self.state = state
        self.restarts = restarts
    }

    /// Takes one event.
    package mutating func apply(_ event: Event) throws(Refusal) -> [Action] {
        let (next, actions) = try transition(event)
        state = next
        if event == .resume { restarts.used = 0 }
        if next == .waiting, case .ended = event { restarts.used += 1 }
        return actions
    }

    /// Changes how often the job may be run again by itself.
    package mutating func allow(restarts most: Int) { restarts.most = most }

    /// The job has come to a new checkpoint: the next failure is not that of the last run.
    package mutating func progressed() { restarts.used = 0 }

    /// Whether the event would be taken now; throws the refusal if not.
    package func check(_ event: Event) throws(Refusal) {
        _ = try transition(event)
    }

    private func transition(_ event: Event) throws(Refusal) -> (State, [Action]) {
        switch state {
        case .queued: try fromQueued(event)
        case .waiting: try fromWaiting(event)
        case .running(let intent): try fromRunning(intent, event)
        case .paused: try fromPaused(event)
        case .succeeded, .failed, .stopped: try fromEnded(event)
        }
    }
}
