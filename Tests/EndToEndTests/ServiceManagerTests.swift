import Control
import Foundation
import Glibc
import Store
import TestSupport
import Testing

@Suite("Under a service manager", .timeLimit(.minutes(15)))
struct ServiceManagerTests {
    @Test("it says that it serves, that it is alive, and that its end takes time", arguments: [false, true])
    func notifications(isAbstract: Bool) async throws {
        try await Sandbox.with { sandbox in
            let path = isAbstract ? "@nnd-test-\(UUID())" : sandbox.directory.file("notify")
            let manager = try NotifySocket(path)
            let environment = ["NOTIFY_SOCKET=\(path)", "WATCHDOG_USEC=200000"]
            try await sandbox.daemon(environment: environment) { process, client in
                let ready = await manager.next("READY=1")
                #expect(ready?.contains { $0.hasPrefix("STATUS=serving on \(sandbox.socket.path)") } == true)
                #expect(await manager.next("WATCHDOG=1")?.contains("STATUS=0 jobs running") == true)
                let job = try await client.start(try DigitsJob.request(epochs: 100_000)).id
                _ = try await client.start(try DigitsJob.request(epochs: 100_000))
                _ = try await client.first(job) { $0.step > 0 }
                #expect(await manager.next("STATUS=1 job running, 1 queued") != nil)
                process.send(SIGTERM)
                #expect(await manager.next("STOPPING=1") != nil)
                #expect(await manager.next("EXTEND_TIMEOUT_USEC=") == ["EXTEND_TIMEOUT_USEC=30000000"])
                #expect(await process.ended == .code(0))
            }
        }
    }

    @Test("it does not wait for data that is being read, and takes no more jobs")
    func endsWhileReading() async throws {
        try await Sandbox.with { sandbox in
            let data = sandbox.directory.file("long.csv")
            let row = (0..<64).map { "\($0 % 16)," }.joined() + "3\n"
            try String(repeating: row, count: 600_000).write(toFile: data, atomically: true, encoding: .utf8)
            var request = try DigitsJob.request()
            request.set?.append("data.train={csv: {path: \(data), label: \"64\", header: false}}")
            let body = String(decoding: try WireJSON.encode(request), as: UTF8.self)
            var made = 0
            try await sandbox.daemon { process, client in
                let job = try await client.start(try DigitsJob.request(epochs: 1_000_000)).id
                _ = try await client.first(job) { $0.step > 0 }
                // Four are read at a time, the others wait.
                let answers = await withTaskGroup { group in
                    for _ in 0..<8 {
                        group.addTask { await RawRequest.send("POST", "/v1/jobs", body, to: sandbox.socket) }
                    }
                    // They are under way by the time that these are answered.
                    for _ in 0..<10 { _ = await RawRequest.send("GET", "/v1/health", "", to: sandbox.socket) }
                    process.send(SIGTERM)
                    return await group.reduce(into: []) { $0.append($1) }
                }
                #expect(await process.ended == .code(0))
                // On a slow day some have their job before the signal.
                made = answers.count { $0.hasPrefix("HTTP/1.1 201 ") }
                #expect(made < answers.count)
                for answer in answers where !answer.hasPrefix("HTTP/1.1 201 ") {
                    #expect(answer.isEmpty || answer.hasPrefix("HTTP/1.1 503 "), "\(answer)")
                }
            }
            let jobs = try await sandbox.store { try await $0.jobs() }
            #expect(jobs.count == 1 + made && jobs.allSatisfy { $0.state == .queued })
            // The newest come first.
            #expect(jobs.last?.lastCheckpoint != nil)
        }
    }

    @Test("a watchdog that is another process's is not fed")
    func foreignWatchdog() async throws {
        try await Sandbox.with { sandbox in
            let manager = try NotifySocket(sandbox.directory.file("notify"))
            let environment = ["NOTIFY_SOCKET=\(manager.path)", "WATCHDOG_USEC=1000", "WATCHDOG_PID=1"]
            try await sandbox.daemon(environment: environment) { process, _ in
                #expect(await manager.next("READY=1") != nil)
                process.send(SIGTERM)
                // Messages come in order: nothing lies between.
                #expect(await manager.next("")?.contains("STOPPING=1") == true)
            }
        }
    }
}
