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
        let word = await Self.blocking { try? String(contentsOfFile: ready, encoding: .utf8) }
        #expect(word == "ready\n")
        parent.send(signal)
        #expect(await parent.ended == .signal(signal))
        // As long as one of them lives, it holds the lock.
        let isFree = await Self.blocking {
            let descriptor = open(lock, O_RDWR)
            defer { close(descriptor) }
            return flock(descriptor, LOCK_EX) == 0
        }
        #expect(isFree)
    }

    private static func blocking<Value: Sendable>(_ work: @escaping @Sendable () -> Value) async -> Value {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread { continuation.resume(returning: work()) }
        }
    }
}
