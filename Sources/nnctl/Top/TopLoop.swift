import Control
import Dispatch
import Foundation
import Glibc
import Spec

/// Runs `nnctl top`: takes one event after the other, and draws the screen after each.
struct TopLoop {
    private static let signals = [SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGWINCH, SIGTSTP, SIGCONT]

    /// How long a signal that ends the program leaves it to clear up.
    private static let patience: DispatchTimeInterval = .seconds(2)

    let client: Client
    let session: Session
    private var state = TopState()
    private var keys = TopKeyReader()
    private var screen: FullScreen
    /// What the curves that were asked for last are of.
    private var asked: CurveKey?

    private struct CurveKey: Equatable {
        var job: Int
        var epoch: Int
        var checkpoint: JobStatus.CheckpointReference?
        var state: JobState
    }

    /// - Throws: `Failure` without a terminal; `ClientError` without a daemon, before anything is on the screen.
    init(client: Client, session: Session) async throws {
        self.client = client
        self.session = session
        screen = try FullScreen(on: session.output)
        state.see(try await client.jobs().jobs)
    }

    mutating func run() async throws {
        let (events, continuation) = AsyncStream.makeStream(of: TopEvent.self)
        let signals = Signals(Self.signals) { [screen] number in
            continuation.yield(.signal(number))
            guard Signals.deadly.contains(number) else { return }
            // A terminal that takes nothing holds the loop up in its write.
            DispatchQueue.global().asyncAfter(deadline: .now() + Self.patience) {
                screen.abandon()
                Signals.die(by: number)
            }
        }
        let keyboard = TopEvent.keyboard(continuation)
        defer {
            screen.end()
            keyboard.cancel()
            signals.cancel()
        }
        let poll = Task { [client] in await Self.poll(client, continuation) }
        defer { poll.cancel() }
        try screen.begin()
        ask(continuation)
        try draw()
        for await event in events {
            guard try handle(event, continuation) else { return }
            // A question that failed is asked again at the next event; there is one each second.
            if case .curves(_, nil) = event { asked = nil } else { ask(continuation) }
            try draw()
        }
    }

    /// - Returns: Whether it goes on.
    private mutating func handle(
        _ event: TopEvent, _ events: AsyncStream<TopEvent>.Continuation
    ) throws -> Bool {
        switch event {
        case .keys(let bytes):
            for key in keys.keys(bytes) {
                let size = TopFrame.pageSize(height: screen.size.height)
                switch state.press(key, pageSize: size) {
                case .quit: return false
                case let action?: carryOut(action, events)
                case nil: break
                }
            }
        case .signal(let number): return try handle(signal: number)
        case .jobs(let jobs): state.see(jobs)
        case .curves(let job, let points): if let points { state.see(points, of: job) }
        case .away: state.lose()
        case .done(let message): state.message = message
        case .failed(let error): throw error
        case .hangUp: return false
        }
        return true
    }

    private mutating func handle(signal number: Int32) throws -> Bool {
        switch number {
        case SIGINT: return false
        case SIGTSTP:
            screen.end()
            // To this thread: sent to the process, another one may take it, and this one be in the next line before all stop.
            raise(SIGSTOP)
            // Gone on with. Keys that come before the terminal is ours again would wait for a line to end.
            try screen.begin()
        case SIGCONT:
            screen.end()
            try screen.begin()
        case SIGWINCH: break
        default:
            screen.end()
            Signals.die(by: number)
        }
        return true
    }

    private func draw() throws {
        let size = screen.size
        try screen.show(
            TopFrame.rendered(
                state, width: size.width, height: size.height, now: Date(), style: session.style))
    }

    /// Asks for the curves of the selected job when there may be new ones.
    private mutating func ask(_ events: AsyncStream<TopEvent>.Continuation) {
        guard let job = state.job else { return }
        let key = CurveKey(job: job.id, epoch: job.epoch, checkpoint: job.lastCheckpoint, state: job.state)
        guard key != asked else { return }
        asked = key
        Task { [client] in
            let list = try? await client.metrics(of: "\(job.id)")
            events.yield(.curves(job.id, list?.metrics))
        }
    }

    private func carryOut(_ action: TopState.Action, _ events: AsyncStream<TopEvent>.Continuation) {
        Task { [client] in
            do {
                let sentence = try await Self.carryOut(action, client)
                events.yield(.jobs(try await client.jobs().jobs))
                events.yield(.done(.init(text: sentence, isError: false)))
            } catch {
                events.yield(.done(.init(text: "\(error)", isError: true)))
            }
        }
    }

    private static func carryOut(_ action: TopState.Action, _ client: Client) async throws -> String {
        switch action {
        case .pause(let id): return OutcomeLine.brief(try await client.pause("\(id)"))
        case .resume(let id): return OutcomeLine.brief(try await client.resume("\(id)"))
        case .stop(let id): return OutcomeLine.brief(try await client.stop("\(id)"))
        case .scale(let id, let workers):
            let job = try await client.scale("\(id)", to: workers)
            let cores = (try? await client.daemon().cores) ?? .max
            return "job \(job.title) has \(String.counted(job.workers, "worker"))"
                + (job.workers > cores ? " on \(String.counted(cores, "core"))" : "")
        case .quit: return ""
        }
    }

    /// Looks at all jobs once a second, also for a daemon that has gone away.
    private static func poll(_ client: Client, _ events: AsyncStream<TopEvent>.Continuation) async {
        while !Task.isCancelled {
            do {
                events.yield(.jobs(try await client.jobs().jobs))
            } catch  where error.meansDaemonGone {
                events.yield(.away)
            } catch {
                _ = events.yield(.failed(error))
                return
            }
            try? await Task.sleep(for: .seconds(1))
        }
    }
}
