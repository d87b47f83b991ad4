import Foundation
import TestSupport
import Testing

@Suite("nnctl daemon install", .timeLimit(.minutes(15)))
struct InstallTests {
    @Test("writes a unit that systemd takes, and does not write over one that was changed")
    func user() async throws {
        try await Sandbox.with { sandbox in
            let unit = sandbox.directory.file(".config/systemd/user/nnd.service")
            let install = ["daemon", "install", "--user"]
            #expect(try await sandbox.nnctl(install).exit == .code(0))
            let text = try String(contentsOfFile: unit, encoding: .utf8)
            #expect(
                text.contains(
                    "Type=notify\nExecStart=\"\((Programs.nnd as NSString).standardizingPath)\" serve\n"))
            try await verify(unit, in: sandbox)
            // Once more changes nothing.
            #expect(try await sandbox.nnctl(install).exit == .code(0))
            #expect(try String(contentsOfFile: unit, encoding: .utf8) == text)

            try (text + "Nice=5\n").write(toFile: unit, atomically: true, encoding: .utf8)
            let refused = try await sandbox.refusal(of: install)
            #expect(refused.exit == .code(73) && refused.sentence.contains("--force writes over it"))
            let forced = try await sandbox.nnctl(install + ["--force", "--json"])
            #expect(forced.exit == .code(0) && forced.output.contains(#""unit":"\#(unit)""#))
            #expect(try String(contentsOfFile: unit, encoding: .utf8) == text)
        }
    }

    @Test("for the whole system is refused for now")
    func system() async throws {
        try await Sandbox.with { sandbox in
            let refused = try await sandbox.refusal(of: ["daemon", "install"])
            #expect(refused.exit == .code(64) && refused.sentence.contains("give --user"))
        }
    }

    /// systemd's own opinion, where systemd is there.
    private func verify(_ unit: String, in sandbox: Sandbox) async throws {
        let analyze = "/usr/bin/systemd-analyze"
        guard FileManager.default.isExecutableFile(atPath: analyze) else { return }
        let errors = sandbox.directory.file("verify")
        let process = try ChildProcess(
            analyze, ["--user", "verify", unit],
            environment: ["XDG_RUNTIME_DIR=\(sandbox.directory.path)", "HOME=\(sandbox.directory.path)"],
            capturing: 1, errors: errors)
        #expect(await process.ended == .code(0))
        let complaints = (try? String(contentsOfFile: errors, encoding: .utf8)) ?? ""
        #expect(!complaints.contains("nnd.service"), "\(complaints)")
    }
}
