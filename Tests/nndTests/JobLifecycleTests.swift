import Control
import Spec
import Testing
import nnd

@Suite("The life of a job")
struct JobLifecycleTests {
    typealias Event = JobLifecycle.Event
    typealias State = JobLifecycle.State

    static let states: [State] =
        [.queued, .waiting, .paused, .succeeded, .failed, .stopped]
        + JobLifecycle.Intent.allCases.map { .running($0) }

    static let events: [(name: String, event: Event)] = [
        ("launch", .launch), ("stop", .stop), ("pause", .pause), ("resume", .resume),
        ("scale", .scale(.count(3))),
        ("checkpoint", .checkpoint), ("delete", .delete), ("suspend", .suspend),
        ("completed", .ended(.completed)), ("yielded", .ended(.yielded)),
        ("halted", .ended(.halted(reason: "disk"))), ("failed", .ended(.failed(reason: "nan"))),
        ("stopped early", .ended(.stoppedEarly(reason: "flat"))), ("retry", .retry), ("kill", .kill),
        ("crowded", .ended(.crowded)),
    ]

    /// One line a state, one word an event in the order of `events`: the next state and the actions,
    /// or `-` for a conflict and `0` for not running.
    static let table: [String: String] = [
        "queued":
            """
        train:start,record stopped:dequeue,record paused:dequeue,record - queued:workers 0 - queued 0 0 0 0 0 \
        - stopped:dequeue,record 0
        """,
        "waiting":
            """
        - stopped:dequeue,record paused:dequeue,record queued:dequeue,record,enqueue waiting:workers 0 - waiting \
        0 0 0 0 0 queued:enqueue stopped:dequeue,record 0
        """,
        "paused":
            "- stopped:record 0 queued:record,enqueue paused:workers 0 - paused 0 0 0 0 0 - stopped:record 0",
        "succeeded": "- 0 0 - 0 0 succeeded:remove succeeded 0 0 0 0 0 - 0 0",
        "failed": "- 0 0 queued:record,enqueue 0 0 failed:remove failed 0 0 0 0 0 - 0 0",
        "stopped": "- 0 0 queued:record,enqueue 0 0 stopped:remove stopped 0 0 0 0 0 - 0 0",
        "train": """
        - stop:end,await pause:end,await - train:workers,rescale train:checkpoint - suspend:end \
        succeeded:record paused:record paused:record failed:record succeeded:record - kill:kill,await \
        queued:record,enqueue
        """,
        "stop": """
        - stop:await - - - - - stop succeeded:record stopped:record stopped:record failed:record succeeded:record \
        - kill:kill,await stopped:record
        """,
        "kill": """
        - kill:await - - - - - kill succeeded:record stopped:record stopped:record failed:record succeeded:record \
        - kill:await stopped:record
        """,
        "pause":
            """
        - stop:await pause:await - - - - pause succeeded:record paused:record paused:record failed:record \
        succeeded:record - kill:kill,await paused:record
        """,
        "suspend":
            """
        - stop:await pause:await - - - - suspend succeeded:record queued:record queued:record failed:record \
        succeeded:record - kill:kill,await queued:record
        """,
    ]

    @Test("every event in every state does what the table says", arguments: states)
    func transition(from state: State) throws {
        let row = try #require(Self.table[Self.name(state)]).split(separator: " ").map(String.init)
        try #require(row.count == Self.events.count)
        for ((name, event), expected) in zip(Self.events, row) {
            #expect(Self.outcome(of: event, in: state) == expected, "\(name) in \(Self.name(state))")
        }
    }

    @Test(
        "restarts that are left change what a failure that may go away does, and nothing else",
        arguments: states)
    func restarts(from state: State) throws {
        let row = try #require(Self.table[Self.name(state)]).split(separator: " ").map(String.init)
        for restarts in [Restarts(used: 0, most: 2), .init(used: 1, most: 2), .init(used: 2, most: 2)] {
            for ((name, event), expected) in zip(Self.events, row) {
                let isRunAgain = state == .running(.train) && name == "halted" && restarts.used < 2
                #expect(
                    Self.outcome(of: event, in: state, restarts)
                        == (isRunAgain ? "waiting:record,later" : expected))
                var lifecycle = JobLifecycle(name: "digits", state: state, restarts: restarts)
                let isTaken = (try? lifecycle.apply(event)) != nil
                let used = isRunAgain ? restarts.used + 1 : isTaken && name == "resume" ? 0 : restarts.used
                #expect(lifecycle.restarts == Restarts(used: used, most: 2), "\(name) in \(state)")
            }
        }
    }

    @Test("a restart is counted in its reason, and the last reason says that none has helped")
    func restartReasons() throws {
        var lifecycle = JobLifecycle(name: "digits", state: .queued, restarts: Restarts(most: 1))
        _ = try lifecycle.apply(.launch)
        #expect(
            try lifecycle.apply(.ended(.halted(reason: "disk"))) == [
                .record(.queued, reason: "is run again by itself, restart 1 of 1, after: disk"),
                .enqueueLater(restart: 1),
            ])
        _ = try lifecycle.apply(.retry)
        _ = try lifecycle.apply(.launch)
        #expect(
            try lifecycle.apply(.ended(.halted(reason: "disk")))
                == [.record(.paused, reason: "disk; run again once by itself, to no avail")])
        _ = try lifecycle.apply(.resume)
        #expect(lifecycle.restarts == Restarts(used: 0, most: 1))
    }

    @Test("a failure after a new checkpoint is the first one again")
    func progress() throws {
        var lifecycle = JobLifecycle(
            name: "digits", state: .running(.train), restarts: Restarts(used: 1, most: 1))
        lifecycle.progressed()
        #expect(
            try lifecycle.apply(.ended(.halted(reason: "disk"))) == [
                .record(.queued, reason: "is run again by itself, restart 1 of 1, after: disk"),
                .enqueueLater(restart: 1),
            ])
    }

    @Test("a refused event changes nothing and names the job", arguments: states)
    func refusal(in state: State) {
        for (_, event) in Self.events {
            var lifecycle = JobLifecycle(name: "digits", state: state)
            do throws(JobLifecycle.Refusal) {
                _ = try lifecycle.apply(event)
            } catch {
                let sentence =
                    switch error {
                    case .conflict(let sentence), .notRunning(let sentence): sentence
                    }
                #expect(lifecycle.state == state)
                #expect(sentence.contains("`digits`") && sentence.hasSuffix("."))
            }
        }
    }

    @Test("asking whether an event is allowed changes nothing")
    func check() throws {
        let lifecycle = JobLifecycle(name: "digits", state: .queued)
        try lifecycle.check(.stop)
        #expect(lifecycle.state == .queued)
        #expect(throws: JobLifecycle.Refusal.self) { try lifecycle.check(.resume) }
    }

    @Test("what a run ends with is recorded with its reason")
    func reasons() throws {
        var failing = JobLifecycle(name: "digits", state: .running(.pause))
        #expect(try failing.apply(.ended(.failed(reason: "nan"))) == [.record(.failed, reason: "nan")])
        var full = JobLifecycle(name: "digits", state: .running(.train))
        #expect(try full.apply(.ended(.halted(reason: "disk"))) == [.record(.paused, reason: "disk")])
        var asked = JobLifecycle(name: "digits", state: .running(.stop))
        #expect(try asked.apply(.ended(.yielded)) == [.record(.stopped, reason: "asked to stop")])
        var scaled = JobLifecycle(name: "digits", state: .running(.train))
        #expect(
            try scaled.apply(.scale(.count(3))) == [.recordWorkers(.count(3)), .rescaleRun])
        var killed = JobLifecycle(name: "digits", state: .running(.kill))
        #expect(
            try killed.apply(.ended(.halted(reason: "disk")))
                == [.record(.stopped, reason: "killed, without a checkpoint")])
    }

    private static func outcome(
        of event: Event, in state: State, _ restarts: Restarts = Restarts()
    ) -> String {
        var lifecycle = JobLifecycle(name: "digits", state: state, restarts: restarts)
        do throws(JobLifecycle.Refusal) {
            let actions = try lifecycle.apply(event).map(word).joined(separator: ",")
            return name(lifecycle.state) + (actions.isEmpty ? "" : ":\(actions)")
        } catch .conflict {
            return "-"
        } catch {
            return "0"
        }
    }

    @Test("the state recorded is the state the job is in", arguments: states)
    func recordAgrees(in state: State) {
        for (_, event) in Self.events {
            var lifecycle = JobLifecycle(name: "digits", state: state, restarts: Restarts(most: 1))
            guard let actions = try? lifecycle.apply(event) else { continue }
            for case .record(let recorded, _) in actions {
                let expected =
                    switch lifecycle.state {
                    case .running: "running"
                    case .waiting: "queued"
                    default: Self.name(lifecycle.state)
                    }
                #expect(recorded.rawValue == expected)
            }
        }
    }

    private static func name(_ state: State) -> String {
        switch state {
        case .queued: "queued"
        case .waiting: "waiting"
        case .running(let intent): "\(intent)"
        case .paused: "paused"
        case .succeeded: "succeeded"
        case .failed: "failed"
        case .stopped: "stopped"
        }
    }

    private static func word(_ action: JobLifecycle.Action) -> String {
        switch action {
        case .record: "record"
        case .enqueue: "enqueue"
        case .enqueueLater: "later"
        case .dequeue: "dequeue"
        case .startRun: "start"
        case .endRun: "end"
        case .killRun: "kill"
        case .awaitEnd: "await"
        case .recordWorkers: "workers"
        case .rescaleRun: "rescale"
        case .checkpointRun: "checkpoint"
        case .remove: "remove"
        }
    }
}
