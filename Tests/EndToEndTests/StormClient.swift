import Control
import Spec
import TestSupport

/// One of many clients: queues its jobs, does something to each, and says how each ended.
struct StormClient {
    let number: Int
    let daemon: RestartedDaemon
    let client: Client
    private var random: SplitMix

    init(number: Int, daemon: RestartedDaemon, client: Client) {
        (self.number, self.daemon, self.client) = (number, daemon, client)
        random = SplitMix(seed: UInt64(number))
    }

    mutating func run(jobs: Int) async throws -> [String: JobState] {
        let names = (0..<jobs).map { "storm-\(number).\($0)" }
        for name in names { try await start(name) }
        for (index, name) in names.enumerated() { try await act(name, index + number) }
        var ends: [String: JobState] = [:]
        for name in names { ends[name] = try await end(of: name) }
        return ends
    }

    private mutating func start(_ name: String) async throws {
        var request = try DigitsJob.request(epochs: 8)
        request.name = name
        request.priority = Int.random(in: -1...1, using: &random)
        request.workers = [.auto, .count(1), .count(2)].randomElement(using: &random)
        try await ask { client in
            do {
                _ = try await client.start(request)
            } catch ClientError.problem(let problem) where problem.code == .nameTaken {
                // It had been heard, and the answer was lost.
            }
        }
    }

    private mutating func act(_ name: String, _ what: Int) async throws {
        let workers = [WorkerCount.auto, .count(1), .count(3)].randomElement(using: &random) ?? .auto
        switch what % 6 {
        case 0: try await tell { _ = try await $0.scale(name, to: workers) }
        case 1: try await tell { _ = try await $0.pause(name) }
        case 2: try await tell { _ = try await $0.stop(name) }
        case 3: try await tell { _ = try await $0.kill(name) }
        case 4: try await tell { _ = try await $0.checkpoint(name) }
        default: break
        }
        // Those are to go on; of an even client the stopped ones too.
        let goesOn: [JobState] = number.isMultiple(of: 2) ? [.paused, .stopped] : [.paused]
        while what % 6 == 1 || what % 6 == 2 {
            let state = try await ask { try await $0.status(of: name).state }
            guard goesOn.contains(state) else { break }
            try await tell { _ = try await $0.resume(name) }
        }
    }

    /// The state in which a job has come to rest.
    private func end(of name: String) async throws -> JobState {
        while true {
            let last = try await ask { client in
                var last: JobStatus?
                for try await update in try await client.updates(of: name) { last = update.status }
                return last
            }
            if let last, last.isAtRest { return last.state }
        }
    }

    /// Asks until the daemon lives long enough to answer.
    @discardableResult
    private func ask<Value>(_ question: (Client) async throws -> Value) async throws -> Value {
        while true {
            let life = await daemon.life
            do {
                let value = try await question(client)
                await daemon.answered()
                return value
            } catch ClientError.problem(let problem) {
                await daemon.answered()
                throw problem
            } catch ClientError.unreachable {
                try await daemon.waitForLife(after: life)
            } catch ClientError.connectionLost {
                // It died over the request, or was not there when the connection was used again.
            }
        }
    }

    /// The same of something that a job's state may not allow.
    private func tell(_ what: (Client) async throws -> Void) async throws {
        do {
            try await ask(what)
        } catch let problem as Problem where [.conflict, .notRunning].contains(problem.code) {
            // The job has ended, or goes on already.
        }
    }
}
