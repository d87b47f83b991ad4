package import Parallel
import Synchronization

/// A connection between the daemon and a trainer, as one of them sees it: messages both ways, and snapshots.
package final class WireConnection<Incoming: Decodable & Sendable, Outgoing: Encodable & Sendable>: Sendable {
    /// What comes in.
    package enum Item: Sendable {
        case message(Incoming)
        case snapshot(TrainingSnapshot)
        /// The last one: nothing comes in any more, for this reason.
        case ended(WireError)
    }

    private let socket: WireSocket
    private let writer: WireWriter
    private let snapshots = Mutex(Snapshots())
    /// All that comes in, in order; for one reader.
    package let incoming: AsyncStream<Item>

    private struct Snapshots {
        var valuesPerBuffer = 0
        /// Whether one may come in.
        var isDue = false
        var isComingIn = false
    }

    /// As many may wait to be looked at; no side of ours sends so many at once.
    private static var longestLine: Int { 4096 }

    /// Reads and writes from now on.
    package init(_ socket: WireSocket) {
        self.socket = socket
        writer = WireWriter(socket)
        let continuation: AsyncStream<Item>.Continuation
        (incoming, continuation) = AsyncStream.makeStream(bufferingPolicy: .bufferingOldest(Self.longestLine))
        // The thread ends with the connection, which whoever holds this ends.
        WireThread.start("nnd wire in") { [weak self, socket] in
            let error = Self.read(socket, for: { self }, to: continuation)
            socket.end()
            // In a line that is full the end would be lost.
            continuation.yield(.ended(error))
            continuation.finish()
        }
    }

    deinit { end() }

    /// How many bytes have come in so far.
    package var receivedBytes: UInt64 { socket.receivedBytes }

    /// Sends a message soon.
    package func send(_ message: Outgoing) { writer.send(message) }

    /// Sends a message that the next of its kind may overtake.
    package func sendNewest(_ message: Outgoing) { writer.send(message, replaceable: true) }

    /// Sends a snapshot; returns when it is sent.
    /// - Throws: `WireError` when the other side is gone.
    package func send(_ snapshot: TrainingSnapshot) async throws { try await writer.send(snapshot) }

    /// Lets the next snapshot in, one, of a model with so many numbers.
    package func expectSnapshot(valuesPerBuffer: Int) {
        snapshots.withLock { $0 = Snapshots(valuesPerBuffer: valuesPerBuffer, isDue: true) }
    }

    /// Returns when all is sent that was given so far, or the other side is gone.
    package func flush() async { await writer.flush() }

    /// Ends the connection when all is sent.
    package func finish() { writer.finish() }

    /// Ends the connection at once.
    package func end() {
        socket.end()
        writer.finish()
    }

    /// Whether a part of a snapshot is there and the rest is not.
    package var isReceivingSnapshot: Bool { snapshots.withLock { $0.isComingIn } }

    private func takeTurn() -> Int? {
        snapshots.withLock { state in
            guard state.isDue else { return nil }
            (state.isDue, state.isComingIn) = (false, true)
            return state.valuesPerBuffer
        }
    }

    private func snapshotCameIn() { snapshots.withLock { $0.isComingIn = false } }

    private var longestSnapshot: Int? {
        snapshots.withLock { $0.isDue ? WireSnapshot.longest(valuesPerBuffer: $0.valuesPerBuffer) : nil }
    }

    /// Reads until the connection ends.
    private static func read(
        _ socket: WireSocket, for owner: () -> WireConnection?,
        to continuation: AsyncStream<Item>.Continuation
    ) -> WireError {
        do {
            while true {
                let bytes = try socket.read(count: WireFrame.size)
                guard let owner = owner() else { return WireError(.closed, "the connection was closed") }
                let frame = try WireFrame(bytes, longestSnapshot: owner.longestSnapshot)
                let item: Item
                switch frame.kind {
                case .message:
                    item = .message(try WireCoding.value(Incoming.self, of: socket.read(count: frame.count)))
                case .snapshot:
                    guard let count = owner.takeTurn() else {
                        throw WireError(.malformed, "a snapshot came in that nobody waits for")
                    }
                    item = .snapshot(
                        try WireSnapshot.read(count: frame.count, valuesPerBuffer: count, from: socket))
                    owner.snapshotCameIn()
                }
                if case .dropped = continuation.yield(item) {
                    throw WireError(.malformed, "more messages came in than can be looked at")
                }
            }
        } catch {
            return error as? WireError ?? WireError(.system, "\(error)")
        }
    }
}
