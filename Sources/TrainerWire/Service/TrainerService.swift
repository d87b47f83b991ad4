import Foundation
import NN
package import Parallel

/// Trains for a daemon in another process: reads the job that it orders, and does what it says until the job's run is over.
package struct TrainerService: Sendable {
    package typealias Connection = WireConnection<TrainerRequest, TrainerReport>

    private let connection: Connection
    private let heartbeat: Duration

    /// Connects with the daemon that the environment names.
    ///
    /// - Throws: `WireError` when there is none, or it does not answer.
    package init(environment: [String: String] = ProcessInfo.processInfo.environment) throws(WireError) {
        guard let path = environment[TrainerEnvironment.socket],
            let secret = environment[TrainerEnvironment.secret]
        else {
            throw WireError(
                .system, "no daemon has started this: \(TrainerEnvironment.socket) is not set")
        }
        connection = Connection(try WireSocket.connected(to: path))
        heartbeat = .milliseconds(
            environment[TrainerEnvironment.heartbeat].flatMap { Int($0) }.map { min(max($0, 10), 60_000) }
                ?? 1000)
        connection.send(.hello(version: TrainerReport.version, secret: secret))
    }

    /// Serves the daemon to the end of one run.
    ///
    /// - Parameters:
    ///   - ranks: Of how many processes the trainer is.
    ///   - read: Makes the job of an order, on a thread that may block.
    ///   - begin: Makes its coordinator.
    /// - Returns: How the run ended; the daemon knows.
    /// - Throws: Why there was none, which the daemon knows too; `WireError` when the daemon is gone.
    package func serve(
        ranks: Int, read: @escaping @Sendable (TrainerOrder) async throws -> TrainingJob,
        begin: @escaping @Sendable (TrainingJob, TrainerStart) throws -> Coordinator
    ) async throws -> TrainingOutcome {
        let pulse = Task { [connection, heartbeat] in
            while !Task.isCancelled {
                connection.send(.alive)
                guard (try? await Task.sleep(for: heartbeat)) != nil else { return }
            }
        }
        let result: Result<TrainingOutcome, any Error>
        do { result = .success(try await train(ranks, read, begin)) } catch { result = .failure(error) }
        pulse.cancel()
        // The process may end as soon as this returns.
        await connection.flush()
        connection.finish()
        return try result.get()
    }

    private func train(
        _ ranks: Int, _ read: (TrainerOrder) async throws -> TrainingJob,
        _ begin: @escaping @Sendable (TrainingJob, TrainerStart) throws -> Coordinator
    ) async throws -> TrainingOutcome {
        var items = connection.incoming.makeAsyncIterator()
        guard case .begin(let order) = try Self.request(await items.next()) else {
            throw WireError(.malformed, "the daemon sends something before it says what to train")
        }
        let sink = WireSink(connection, patience: order.patience.map { .milliseconds($0) })
        let coordinator: Coordinator
        do {
            let job = try await read(order)
            connection.expectSnapshot(valuesPerBuffer: job.model.layout.count)
            connection.send(
                .ready(
                    TrainerConditions(
                        dataFingerprint: job.dataFingerprint, instructionSet: instructionSet(), ranks: ranks))
            )
            let snapshot = try Self.start(await items.next())
            let start = TrainerStart(snapshot: snapshot, workers: order.workers, sink: sink)
            coordinator = try await WireThread.run("nnd trainer") { try begin(job, start) }
        } catch let error as WireError {
            throw error
        } catch {
            connection.send(.refused(TrainingFailure(error)))
            throw error
        }
        return try await TrainerRun(coordinator: coordinator, connection: connection, sink: sink).carryOut()
    }

    private static func request(_ item: Connection.Item?) throws -> TrainerRequest {
        switch item {
        case .message(let request): return request
        case .snapshot: throw WireError(.malformed, "the daemon sends a snapshot that nobody waits for")
        case .ended(let error): throw error
        case nil: throw WireError(.closed, "the connection with the daemon was closed")
        }
    }

    private static func start(_ item: Connection.Item?) throws -> TrainingSnapshot? {
        if case .snapshot(let snapshot) = item { return snapshot }
        guard case .start = try request(item) else {
            throw WireError(.malformed, "the daemon sends something before it says from where to start")
        }
        return nil
    }
}

/// With what a trainer's coordinator is made.
package struct TrainerStart: Sendable {
    /// Nil begins with the initial weights.
    package let snapshot: TrainingSnapshot?
    package let workers: Int
    package let sink: any SnapshotSink
}
