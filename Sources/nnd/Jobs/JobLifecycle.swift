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
        /// The daemon ends; the job goes on when it starts again.
        case suspend
    }

    package enum Event: Sendable, Equatable {
        /// A place is free.
        case launch
        case stop
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
        case dequeue
        case startRun
        /// Ask the run to leave off at the next step boundary.
        case endRun
        /// Answer the request only when the run has ended.
        case awaitEnd
        /// Keep the new number of workers for the next run.
        case recordWorkers(WorkerCount)
        case rescaleRun(WorkerCount)
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

    package var isRunning: Bool { if case .running = state { true } else { false } }

    package init(name: String, state: State) {
        self.name = name
        self.state = state
    }

    /// Takes one event.
    package mutating func apply(_ event: Event) throws(Refusal) -> [Action] {
        let (next, actions) = try transition(event)
        state = next
        return actions
    }

    /// Whether the event would be taken now; throws the refusal if not.
    package func check(_ event: Event) throws(Refusal) {
        _ = try transition(event)
    }

    private func transition(_ event: Event) throws(Refusal) -> (State, [Action]) {
        switch state {
        case .queued: try fromQueued(event)
        case .running(let intent): try fromRunning(intent, event)
        case .paused: try fromPaused(event)
        case .succeeded, .failed, .stopped: try fromEnded(event)
        }
    }
}
