package import Control
package import Spec

/// What `nnctl top` shows, and what its keys do: all of it but the terminal and the daemon.
package struct TopState: Sendable {
    /// What fills the screen.
    package enum Page: Sendable, Equatable {
        case list
        /// All there is to know of the selected job.
        case details
        case help
    }

    /// What a key asks of the daemon, or of the program.
    package enum Action: Sendable, Equatable {
        case quit
        case pause(Int)
        case resume(Int)
        case stop(Int)
        case scale(Int, WorkerCount)
    }

    /// A line at the bottom until the next key.
    package struct Message: Sendable, Equatable {
        package var text: String
        package var isError: Bool

        package init(text: String, isError: Bool) {
            self.text = text
            self.isError = isError
        }
    }

    /// Those that train first, then those that wait, then those that have ended, the newest first in each.
    package private(set) var jobs: [JobStatus] = []
    /// The id of the selected job.
    package private(set) var selected: Int?
    package private(set) var page = Page.list
    /// The job that is to be stopped, if that is confirmed.
    package private(set) var stopping: Int?
    package var message: Message?
    /// Whether the daemon has gone away; what is shown is then as of before.
    package private(set) var isAway = false
    /// What was measured of a job so far.
    package private(set) var curves: (job: Int, points: [MetricPoint])?

    package init() {}

    package var job: JobStatus? { jobs.first { $0.id == selected } }

    /// Takes the jobs as they are now; the selection stays on its job, or where that was.
    package mutating func see(_ list: [JobStatus]) {
        let place = jobs.firstIndex { $0.id == selected } ?? 0
        isAway = false
        jobs = list.sorted { (Self.rank($0), -$0.id) < (Self.rank($1), -$1.id) }
        if job == nil { selected = jobs.isEmpty ? nil : jobs[min(place, jobs.count - 1)].id }
        if stopping.map({ id in !jobs.contains { $0.id == id && !$0.state.isTerminal } }) ?? false {
            stopping = nil
        }
    }

    /// Takes what was measured of a job; what comes late, when another one is selected, is passed over.
    package mutating func see(_ points: [MetricPoint], of job: Int) {
        if job == selected { curves = (job, points) }
    }

    package mutating func lose() {
        isAway = true
    }

    private static func rank(_ job: JobStatus) -> Int {
        switch job.state {
        case .running: 0
        case .paused where job.held: 0
        case .queued: 1
        case .paused: 2
        case .succeeded, .failed, .stopped: 3
        }
    }

    /// - Parameters:
    ///   - key: What was pressed.
    ///   - pageSize: How many jobs are in sight.
    /// - Returns: What is to be done; nil for nothing.
    package mutating func press(_ key: TopKey, pageSize: Int = 10) -> Action? {
        message = nil
        if let id = stopping {
            stopping = nil
            return key == .character("y") || key == .character("Y") ? .stop(id) : nil
        }
        switch key {
        case .up: move(by: -1)
        case .down: move(by: 1)
        case .pageUp: move(by: -max(1, pageSize))
        case .pageDown: move(by: max(1, pageSize))
        case .first: move(by: -jobs.count)
        case .last: move(by: jobs.count)
        case .enter: page = page == .list && selected != nil ? .details : .list
        case .escape: page = .list
        case .character("?"), .character("h"): page = page == .help ? .list : .help
        case .character("q"), .character("Q"): return .quit
        case .character(let letter): return control(letter)
        }
        return nil
    }

    private mutating func move(by rows: Int) {
        guard let place = jobs.firstIndex(where: { $0.id == selected }) else { return }
        selected = jobs[min(max(place + rows, 0), jobs.count - 1)].id
    }

    /// Keys that change the selected job.
    private mutating func control(_ letter: Character) -> Action? {
        guard let job, "p+=-s".contains(letter) else { return nil }
        switch (letter, job.state) {
        case ("p", .running), ("p", .queued): return .pause(job.id)
        case ("p", .paused) where job.held: return .pause(job.id)
        case ("p", .paused), ("p", .stopped), ("p", .failed): return .resume(job.id)
        case ("s", .running), ("s", .queued), ("s", .paused):
            stopping = job.id
            return nil
        case ("+", .running), ("=", .running), ("+", .queued), ("=", .queued), ("+", .paused), ("=", .paused):
            return .scale(job.id, .count(job.workers + 1))
        case ("-", .running), ("-", .queued), ("-", .paused):
            guard job.workers > 1 else {
                message = Message(text: "job \(job.title) has one worker already", isError: false)
                return nil
            }
            return .scale(job.id, .count(job.workers - 1))
        default:
            message = Message(text: "job \(job.title) is \(job.state.rawValue) already", isError: false)
            return nil
        }
    }
}
