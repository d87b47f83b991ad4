import Foundation
import Glibc
import TestSupport
import Testing

@Suite("What the daemon starts", .timeLimit(.minutes(15)))
struct KeeperTests {
    /// Processes in groups and sessions of their own, and one that takes no request to end. All of them hold the lock, and
    /// the last one says when it does.
    private static let command = """
        exec 9>"$0"; flock 9
        setsid sh -c 'trap "" TERM; setsid sleep 1000 & sleep 1000' &
        trap "" TERM
        echo ready >"$1"
        sleep 1000
        """

    @Test("ends with all its processes when the daemon is killed", arguments: [SIGKILL, SIGTERM])
    func death(signal: Int32) async throws {
        let directory = try TemporaryDirectory()
        defer { directory.remove() }
        let (lock, ready) = (directory.file("lock"), directory.file("ready"))
        #expect(mkfifo(ready, 0o600) == 0)
        let parent = try ChildProcess(
            Programs.directory + "/trainer-program",
            ["parent", Programs.directory + "/nnd-keeper", "/bin/sh", "-c", Self.command, lock, ready],
            capturing: 1, errors: directory.file("errors"))
        let word = await Self.blocking { Self.word(from: ready) }
        #expect(word == "ready\n")
        parent.send(signal)
        #expect(await parent.ended == .signal(signal))
        // As long as one of them lives, it holds the lock.
        let isFree = await Self.blocking {
            let descriptor = open(lock, O_RDWR)
            defer { close(descriptor) }
            while flock(descriptor, LOCK_EX) != 0 { if errno != EINTR { return false } }
            return true
        }
        #expect(isFree)
    }

    /// What is written into a pipe with a name, once somebody does; other tests' children may interrupt the waiting.
    private static func word(from pipe: String) -> String {
        var descriptor = open(pipe, O_RDONLY)
        while descriptor < 0, errno == EINTR { descriptor = open(pipe, O_RDONLY) }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 64)
        var count = read(descriptor, &bytes, bytes.count)
        while count < 0, errno == EINTR { count = read(descriptor, &bytes, bytes.count) }
        return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
    }

    private static func blocking<Value: Sendable>(_ work: @escaping @Sendable () -> Value) async -> Value {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread { continuation.resume(returning: work()) }
        }
    }
}
