import Control
import Foundation
import Glibc
import TestSupport
import Testing

/// A daemon for a group, run under a user of its own, and the users around it. None of them has an entry in the system's
/// databases. Needs root.
struct GroupService {
    struct User: Sendable {
        let uid: Int
        let gid: Int
        var groups: [Int] = []
    }

    static let group = 61050
    static let service = User(uid: 61000, gid: 61000, groups: [group])
    static let alice = User(uid: 61001, gid: 61001, groups: [61007, group])
    static let bob = User(uid: 61002, gid: group)
    /// Not in the group.
    static let carol = User(uid: 61003, gid: 61003, groups: [61007])
    static let root = User(uid: 0, gid: 0)

    static let isPossible = geteuid() == 0 && access("/usr/bin/setpriv", X_OK) == 0
    static let whyNot: Comment = "needs root and setpriv"

    let directory: TemporaryDirectory

    var home: String { directory.file("home") }
    var state: String { home + "/state" }
    var run: String { home + "/run" }
    var socket: String { run + "/s" }
    var log: String { directory.file("log") }
    var logText: String { (try? String(contentsOfFile: log, encoding: .utf8)) ?? "" }

    static func with<Value>(_ body: (GroupService) async throws -> Value) async throws -> Value {
        let directory = try TemporaryDirectory()
        defer { directory.remove() }
        try #require(chmod(directory.path, 0o755) == 0)
        let service = GroupService(directory: directory)
        try service.makeDirectory(service.home, of: Self.service)
        for program in [Programs.nnd, Programs.nnctl] { try await service.share(program) }
        return try await body(service)
    }

    /// A copy that everybody may run, wherever the checkout lies.
    private func share(_ program: String) async throws {
        let copy = directory.file((program as NSString).lastPathComponent)
        let install = try ChildProcess(
            "/usr/bin/install", ["-m", "755", program, copy], capturing: STDOUT_FILENO, errors: "/dev/null")
        try #require(await install.ended == .code(0))
    }

    func makeDirectory(_ path: String, of user: User, mode: mode_t = 0o755) throws {
        try #require(mkdir(path, 0o700) == 0 && chown(path, uid_t(user.uid), gid_t(user.gid)) == 0)
        try #require(chmod(path, mode) == 0)
    }

    /// A file that its owner alone may read.
    func write(_ data: Data, to path: String, of user: User) throws {
        try data.write(to: URL(fileURLWithPath: path))
        try #require(chown(path, uid_t(user.uid), gid_t(user.gid)) == 0 && chmod(path, 0o600) == 0)
    }

    /// What makes a program somebody's.
    private static func becoming(_ user: User) -> [String] {
        let groups = user.groups.map(String.init).joined(separator: ",")
        return ["--reuid=\(user.uid)", "--regid=\(user.gid)"]
            + (user.groups.isEmpty ? ["--clear-groups"] : ["--groups=\(groups)"])
    }

    /// Starts the daemon without waiting for anything.
    func launch(
        as user: User = Self.service, mayReadAsOthers: Bool = true, _ options: [String] = []
    ) throws -> ChildProcess {
        let capabilities =
            mayReadAsOthers ? ["--inh-caps=+setuid,+setgid", "--ambient-caps=+setuid,+setgid"] : []
        return try ChildProcess(
            "/usr/bin/setpriv",
            Self.becoming(user) + capabilities + [directory.file("nnd"), "serve"]
                + ["--state-dir", state, "--socket", socket, "--ready-fd", "3"]
                + (options.isEmpty ? ["--group", "\(Self.group)"] : options),
            capturing: 3, errors: log)
    }

    /// Runs `body` against a daemon that serves, and kills the daemon after.
    func daemon<Value>(
        mayReadAsOthers: Bool = true, _ body: () async throws -> Value
    ) async throws -> Value {
        let process = try launch(mayReadAsOthers: mayReadAsOthers)
        defer { process.send(SIGKILL) }
        try #require(await process.text == "READY\n", "the log: \(logText)")
        let result: Result<Value, any Error>
        do { result = .success(try await body()) } catch { result = .failure(error) }
        process.send(SIGKILL)
        _ = await process.ended
        return try result.get()
    }

    typealias Answer = (exit: ChildProcess.Exit, output: String, errors: String)

    /// Runs nnctl as somebody to its end.
    func nnctl(as user: User, _ arguments: [String]) async throws -> Answer {
        let errors = directory.file("errors-\(UUID())")
        let process = try ChildProcess(
            "/usr/bin/setpriv",
            Self.becoming(user) + [directory.file("nnctl")] + arguments + ["--socket", socket],
            capturing: STDOUT_FILENO, errors: errors)
        let exit = await process.ended
        return (exit, await process.text, (try? String(contentsOfFile: errors, encoding: .utf8)) ?? "")
    }
}
