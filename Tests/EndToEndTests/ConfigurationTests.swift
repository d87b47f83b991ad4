import Control
import Foundation
import Glibc
import TestSupport
import Testing

@Suite("nnd.yaml", .timeLimit(.minutes(15)))
struct ConfigurationTests {
    private func write(_ text: String, in sandbox: Sandbox) throws -> String {
        let path = sandbox.directory.file("nnd.yaml")
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        return path
    }

    @Test("the file sets what the command line leaves open, and a bad one keeps the daemon from starting")
    func start() async throws {
        try await Sandbox.with { sandbox in
            let file = try write("max_running: 2\nlog_format: json\n", in: sandbox)
            try await sandbox.daemon(["--config", file, "--log-format", "text"]) { _, client in
                let first = try await client.start(try DigitsJob.request(epochs: 100_000)).id
                let second = try await client.start(try DigitsJob.request(epochs: 100_000)).id
                for job in [first, second] { _ = try await client.first(job) { $0.step > 0 } }
                #expect(sandbox.logText.contains(" notice serving "))
            }
            _ = try write("max_running: 2\nmax_conections: 5\n", in: sandbox)
            let refused = try sandbox.launch(["--config", file])
            #expect(await refused.ended == .code(65))
            let sentence =
                "\(file):2: max_conections: unknown key `max_conections`, did you mean `max_connections`?"
            #expect(await refused.text.hasPrefix(sentence))
            let missing = try sandbox.launch(["--config", file + ".missing"])
            #expect(await missing.ended == .code(65))
            #expect(await missing.text.contains("cannot be read (No such file or directory)"))
        }
    }

    @Test("--check prints what would be in force and where it is from, and that is a file in its turn")
    func check() async throws {
        try await Sandbox.with { sandbox in
            let file = try write("max_running: 3\nstate_dir: /srv/nnd\n", in: sandbox)
            func check(_ options: [String], _ variables: [String] = []) async throws -> String {
                let process = try ChildProcess(
                    Programs.nnd, ["serve", "--check"] + options,
                    environment: ["HOME=/nowhere"] + variables,
                    capturing: STDOUT_FILENO, errors: sandbox.log)
                #expect(await process.ended == .code(0), "\(sandbox.logText)")
                return await process.text
            }
            let text = try await check(["--config", file, "--socket", "/run/x.sock", "--workers", "4"])
            #expect(
                text == """
                    state_dir: /srv/nnd  # \(file)
                    socket: /run/x.sock  # command line
                    max_running: 3  # \(file)
                    workers: 4  # command line
                    max_connections: 1024  # default
                    log_level: info  # default
                    log_format: text  # default

                    """)
            _ = try write(text, in: sandbox)
            let again = try await check(["--config", file])
            #expect(
                again
                    == text.replacing("# command line", with: "# \(file)").replacing(
                        "# default", with: "# \(file)"))
            let places = try await check(
                ["--state-dir", "/srv/a"], ["NND_SOCKET=/run/y.sock", "STATE_DIRECTORY=/srv/b"])
            #expect(places.contains("socket: /run/y.sock  # $NND_SOCKET\n"))
            #expect(places.contains("state_dir: /srv/a  # command line\n"))
            let bad = try ChildProcess(
                Programs.nnd, ["serve", "--check", "--config", "/"], capturing: STDERR_FILENO,
                errors: sandbox.log)
            #expect(await bad.ended == .code(65))
            #expect(await bad.text.hasPrefix("nnd: / is not a file"))
        }
    }

    @Test(
        "SIGHUP changes what can change, and leaves everything as it is when the file is bad"
    )
    func reload() async throws {
        try await Sandbox.with { sandbox in
            let file = try write("workers: 1\nmax_connections: 100\n", in: sandbox)
            let manager = try NotifySocket(sandbox.directory.file("notify"))
            let environment = ["NOTIFY_SOCKET=\(manager.path)"]
            try await sandbox.daemon(["--config", file], environment: environment) { process, client in
                #expect(await manager.next("READY=1") != nil)
                /// Returns when the daemon has said that it is ready again.
                func reload(_ text: String) async throws {
                    _ = try write(text, in: sandbox)
                    process.send(SIGHUP)
                    let begin = await manager.next("RELOADING=1")
                    #expect(begin?.contains { $0.hasPrefix("MONOTONIC_USEC=") } == true)
                    #expect(await manager.next("READY=1") != nil)
                }
                let first = try await client.start(try DigitsJob.request(epochs: 100_000)).id
                let second = try await client.start(try DigitsJob.request(epochs: 100_000)).id
                #expect(try await client.first(first) { $0.step > 0 }.workers == 1)

                try await reload("workers: 2\nmax_running: 2\nlog_levl: debug\n")
                #expect(sandbox.logText.contains("configuration not reloaded: \(file):3: log_levl"))
                #expect(try await client.status(of: "\(second)").state == .queued)

                try await reload("workers: 5\n")
                _ = try await client.first(first) { $0.workers == 5 }
                #expect(try await client.status(of: "\(second)").state == .queued)

                try await reload("workers: 5\nmax_running: 2\nlog_format: json\n")
                _ = try await client.first(second) { $0.step > 0 }

                // A lower number lets the running ones go on.
                try await reload("workers: 5\nmax_running: 1\nlog_format: json\n")
                let step = try await client.status(of: "\(second)").step
                _ = try await client.first(second) { $0.step > step }
                let lines = sandbox.logText.split(separator: "\n")
                #expect(lines.last?.hasPrefix("{\"time\":") == true, "\(lines.last ?? "")")
                #expect(lines.count { $0.contains("not reloaded") } == 1)
            }
        }
    }

    @Test("a place that changes is named in a warning, and the daemon stays where it is")
    func places() async throws {
        try await Sandbox.with { sandbox in
            let file = try write("", in: sandbox)
            let manager = try NotifySocket(sandbox.directory.file("notify"))
            let process = try ChildProcess(
                Programs.nnd, ["serve", "--config", file],
                environment: [
                    "NOTIFY_SOCKET=\(manager.path)", "NND_SOCKET=\(sandbox.socket)",
                    "STATE_DIRECTORY=\(sandbox.state)",
                ], capturing: STDOUT_FILENO, errors: sandbox.log)
            #expect(await manager.next("READY=1") != nil, "\(sandbox.logText)")
            _ = try write("socket: /run/other.sock\nmax_running: 2\n", in: sandbox)
            process.send(SIGHUP)
            #expect(await manager.next("RELOADING=1") != nil)
            #expect(await manager.next("READY=1") != nil)
            let warning = sandbox.logText.split(separator: "\n").first { $0.contains(" warning ") }
            #expect(
                warning?.contains("a restart is needed") == true && warning?.hasSuffix("keys=socket") == true)
            #expect(sandbox.logText.contains("configuration reloaded max_running=2"))
            _ = try await Client.with(sandbox.socket) { try await $0.daemon() }
            process.send(SIGTERM)
            #expect(await process.ended == .code(0))
        }
    }

    @Test("a lower number of connections holds for the next one")
    func connections() async throws {
        try await Sandbox.with { sandbox in
            let file = try write("", in: sandbox)
            let manager = try NotifySocket(sandbox.directory.file("notify"))
            let environment = ["NOTIFY_SOCKET=\(manager.path)"]
            try await sandbox.daemon(["--config", file], environment: environment) { process, client in
                #expect(await manager.next("READY=1") != nil)
                let job = try await client.start(try DigitsJob.request(epochs: 100_000)).id
                // One connection that stays.
                for try await _ in try await client.updates(of: "\(job)") {
                    _ = try write("max_connections: 1\n", in: sandbox)
                    process.send(SIGHUP)
                    #expect(await manager.next("RELOADING=1") != nil)
                    #expect(await manager.next("READY=1") != nil)
                    let other = try await sandbox.refusal(of: ["status"])
                    #expect(other.sentence.contains("the most it serves at once"), "\(other)")
                    break
                }
            }
        }
    }
}
