import Control
import Glibc
import Testing

/// A daemon that is killed and started again on the same state while clients are at it.
actor RestartedDaemon {
    private let sandbox: Sandbox
    private let options: [String]
    private var process: ChildProcess?
    /// How often it has begun to serve.
    private(set) var life = 0
    private var answers = 0
    private var waitingForLife: [CheckedContinuation<Void, Never>] = []
    private var waitingForAnswers: (count: Int, continuation: CheckedContinuation<Void, Never>)?
    private var isOver = false

    /// No daemon will come any more.
    struct Over: Error {}

    init(sandbox: Sandbox, options: [String]) {
        (self.sandbox, self.options) = (sandbox, options)
    }

    func start() async throws {
        let process = try sandbox.launch(options)
        self.process = process
        guard await process.text == "READY\n" else {
            await over()
            throw Over()
        }
        life += 1
        resumeWaiting()
    }

    /// Kills the daemon after it has given so many more answers, and starts it again.
    func kill(afterAnswers count: Int) async throws {
        await withCheckedContinuation { waitingForAnswers = (answers + count, $0) }
        process?.send(SIGKILL)
        _ = await process?.ended
        try await start()
    }

    /// What a client says that has had an answer.
    func answered() {
        answers += 1
        guard let waiting = waitingForAnswers, answers >= waiting.count else { return }
        waitingForAnswers = nil
        waiting.continuation.resume()
    }

    /// Returns when a daemon serves that had not begun in the life named.
    func waitForLife(after earlier: Int) async throws {
        while life <= earlier {
            if isOver { throw Over() }
            await withCheckedContinuation { waitingForLife.append($0) }
        }
    }

    /// Ends it gracefully.
    func end() async throws {
        process?.send(SIGTERM)
        #expect(await process?.ended == .code(0), "\(sandbox.logText.suffix(1000))")
    }

    private func over() async {
        process?.send(SIGKILL)
        _ = await process?.ended
        isOver = true
        resumeWaiting()
    }

    private func resumeWaiting() {
        for continuation in waitingForLife { continuation.resume() }
        waitingForLife = []
    }
}
