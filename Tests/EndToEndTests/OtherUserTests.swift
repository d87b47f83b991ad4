import Control
import Foundation
import Glibc
import TestSupport
import Testing

/// What somebody else on the machine can do: nothing. These really switch the user.
@Suite(
    "Another user", .timeLimit(.minutes(15)),
    .enabled(if: geteuid() == 0 && access("/usr/bin/setpriv", X_OK) == 0, "needs root and setpriv"))
struct OtherUserTests {
    /// `nobody`.
    private static let uid = 65534

    /// Runs a program as that user, with what it prints in both ways.
    private func run(
        _ sandbox: Sandbox, _ program: String, _ arguments: [String]
    ) async throws -> (exit: ChildProcess.Exit, output: String, errors: String) {
        let errors = sandbox.directory.file("errors-\(UUID())")
        let process = try ChildProcess(
            "/usr/bin/setpriv",
            ["--reuid=\(Self.uid)", "--regid=\(Self.uid)", "--clear-groups", program] + arguments,
            capturing: STDOUT_FILENO, errors: errors)
        let exit = await process.ended
        return (exit, await process.text, (try? String(contentsOfFile: errors, encoding: .utf8)) ?? "")
    }

    /// A copy that everybody may run, wherever the checkout lies. Another process makes it: a file that this one has open
    /// for writing is busy for as long as a child that was started meanwhile has it too.
    private func shared(_ program: String, in sandbox: Sandbox) async throws -> String {
        let copy = sandbox.directory.file((program as NSString).lastPathComponent)
        let install = try ChildProcess(
            "/usr/bin/install", ["-m", "755", program, copy], capturing: STDOUT_FILENO, errors: "/dev/null")
        try #require(await install.ended == .code(0))
        return copy
    }

    @Test("cannot connect, even where the modes of directory and socket would let him")
    func connect() async throws {
        try await Sandbox.with { sandbox in
            let nnctl = try await shared(Programs.nnctl, in: sandbox)
            try await sandbox.daemon { _, client in
                _ = try await client.start(try DigitsJob.request())
                #expect(chmod(sandbox.directory.path, 0o711) == 0)
                let closed = try await run(
                    sandbox, nnctl, ["status", "--json", "--socket", sandbox.socket.path])
                #expect(closed.exit == .code(77) && closed.output.isEmpty, "\(closed)")
                #expect(closed.errors.split(separator: "\n").count == 1)

                // The kernel tells the daemon who is at the other end.
                #expect(chmod(sandbox.socket.path, 0o666) == 0)
                let open = try await run(
                    sandbox, nnctl, ["status", "--json", "--socket", sandbox.socket.path])
                #expect(open.exit != .code(0) && open.output.isEmpty, "\(open)")
                #expect(!open.errors.contains("digits"))
                #expect(sandbox.logText.contains("connection refused"))
            }
        }
    }

    @Test("cannot read the state directory, the database or its log")
    func read() async throws {
        try await Sandbox.with { sandbox in
            try await sandbox.daemon { _, client in
                let job = try await client.start(try DigitsJob.request()).id
                _ = try await client.first(job) { $0.lastCheckpoint != nil }
                #expect(chmod(sandbox.directory.path, 0o711) == 0)
                for end in ["", "/nnd.sqlite", "/nnd.sqlite-wal", "/nnd.lock"] {
                    let answer = try await run(sandbox, "/bin/ls", ["-l", sandbox.state + "/" + end])
                    #expect(answer.exit != .code(0) && answer.output.isEmpty, "\(end): \(answer)")
                }
            }
        }
    }

    @Test("a symbolic link at the socket's path is refused, and what it leads to keeps its bytes")
    func socketLink() async throws {
        try await Sandbox.with { sandbox in
            let victim = try victim(in: sandbox)
            try FileManager.default.createSymbolicLink(
                atPath: sandbox.socket.path, withDestinationPath: victim)
            let process = try sandbox.launch()
            #expect(await process.ended == .code(73))
            #expect(try String(contentsOfFile: victim, encoding: .utf8) == "precious")
            #expect(sandbox.logText.contains("is in the way and is not a socket"))
        }
    }

    @Test("a state directory, or a link to one, that he has planted is refused; one's own link is followed")
    func stateLink() async throws {
        try await Sandbox.with { sandbox in
            let place = sandbox.directory.file("elsewhere")
            try FileManager.default.createDirectory(
                atPath: place, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
            try FileManager.default.createSymbolicLink(atPath: sandbox.state, withDestinationPath: place)
            try await sandbox.daemon { _, client in _ = try await client.daemon() }

            #expect(lchown(sandbox.state, uid_t(Self.uid), gid_t(Self.uid)) == 0)
            #expect(await refusal(sandbox)?.contains("belongs to another user") == true)
            #expect(lchown(sandbox.state, 0, 0) == 0 && chown(place, uid_t(Self.uid), gid_t(Self.uid)) == 0)
            #expect(await refusal(sandbox)?.contains("belongs to another user") == true)
            #expect(chown(place, 0, 0) == 0 && chmod(place, 0o770) == 0)
            #expect(await refusal(sandbox)?.contains("Others may write to the state directory") == true)
        }
    }

    @Test("nnctl writes nothing into a state directory that he has planted, through links neither")
    func plantedDirectory() async throws {
        try await Sandbox.with { sandbox in
            let victim = try victim(in: sandbox)
            try FileManager.default.createDirectory(
                atPath: sandbox.state, withIntermediateDirectories: false,
                attributes: [.posixPermissions: 0o755])
            try FileManager.default.createSymbolicLink(
                atPath: sandbox.state + "/nnd.log", withDestinationPath: victim)
            try FileManager.default.createSymbolicLink(
                atPath: sandbox.state + "/spawn.lock", withDestinationPath: sandbox.directory.file("made"))
            #expect(chown(sandbox.state, uid_t(Self.uid), gid_t(Self.uid)) == 0)
            let refused = try await sandbox.refusal(
                of: ["daemon", "start", "--state-dir", sandbox.state])
            #expect(refused.exit == .code(77) && refused.sentence.contains("belongs to another user"))
            #expect(try String(contentsOfFile: victim, encoding: .utf8) == "precious")
            #expect(!FileManager.default.fileExists(atPath: sandbox.directory.file("made")))
        }
    }

    /// A file that must keep its bytes.
    private func victim(in sandbox: Sandbox) throws -> String {
        let path = sandbox.directory.file("victim")
        try Data("precious".utf8).write(to: URL(filePath: path))
        return path
    }

    /// What the daemon says as it exits for want of permission.
    private func refusal(_ sandbox: Sandbox) async -> String? {
        guard let process = try? sandbox.launch(), await process.ended == .code(77) else { return nil }
        return await process.text
    }
}
