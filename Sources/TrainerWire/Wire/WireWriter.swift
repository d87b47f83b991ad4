import Foundation
import Parallel

/// Sends what it is given, in order, from a thread of its own.
final class WireWriter: @unchecked Sendable {
    private enum Piece {
        case message([UInt8])
        /// Takes the place of the same kind of message where that has not been sent yet.
        case replaceable([UInt8])
        case snapshot(TrainingSnapshot, CheckedContinuation<Void, any Error>)
        case mark(CheckedContinuation<Void, Never>)
    }

    private let socket: WireSocket
    // Guarded by `condition`.
    private var pieces: [Piece] = []
    private var failure: WireError?
    private var isFinishing = false
    private let condition = NSCondition()

    init(_ socket: WireSocket) {
        self.socket = socket
        // The thread keeps this alive until it is finished.
        WireThread.start("nnd wire out") { self.work() }
    }

    /// Sends a message soon. Where the other side is gone nothing happens: whoever reads finds out.
    func send(_ message: some Encodable, replaceable: Bool = false) {
        guard let bytes = try? WireCoding.bytes(of: message) else { return }
        condition.withLock {
            guard failure == nil else { return }
            if replaceable, case .replaceable = pieces.last { pieces.removeLast() }
            pieces.append(replaceable ? .replaceable(bytes) : .message(bytes))
            condition.signal()
        }
    }

    /// Sends a snapshot; returns when it is sent.
    func send(_ snapshot: TrainingSnapshot) async throws {
        try await withCheckedThrowingContinuation { continuation in
            let end = condition.withLock { () -> WireError? in
                if let failure { return failure }
                pieces.append(.snapshot(snapshot, continuation))
                condition.signal()
                return nil
            }
            if let end { continuation.resume(throwing: end) }
        }
    }

    /// Returns when all is sent that was given so far, or the other side is gone.
    func flush() async {
        await withCheckedContinuation { continuation in
            let isOver = condition.withLock {
                if failure != nil { return true }
                pieces.append(.mark(continuation))
                condition.signal()
                return false
            }
            if isOver { continuation.resume() }
        }
    }

    /// Ends the thread, and then the connection, when all is sent.
    func finish() {
        condition.withLock {
            isFinishing = true
            condition.signal()
        }
    }

    private func work() {
        while let piece = next() {
            do {
                switch piece {
                case .message(let bytes), .replaceable(let bytes):
                    try socket.write(WireFrame(.message, count: bytes.count).bytes + bytes)
                case .snapshot(let snapshot, let continuation):
                    let result = Result { try WireSnapshot.write(snapshot, to: socket) }
                    continuation.resume(with: result)
                    try result.get()
                case .mark(let continuation): continuation.resume()
                }
            } catch {
                fail(error as? WireError ?? WireError(.system, "\(error)"))
                break
            }
        }
        socket.end()
        // Nobody waits for what is given from now on.
        fail(WireError(.closed, "the connection was ended"))
    }

    private func next() -> Piece? {
        condition.withLock {
            while pieces.isEmpty && !isFinishing { condition.wait() }
            return pieces.isEmpty ? nil : pieces.removeFirst()
        }
    }

    private func fail(_ error: WireError) {
        let left = condition.withLock {
            failure = failure ?? error
            defer { pieces = [] }
            return pieces
        }
        for piece in left {
            switch piece {
            case .snapshot(_, let continuation): continuation.resume(throwing: error)
            case .mark(let continuation): continuation.resume()
            case .message, .replaceable: break
            }
        }
    }
}
