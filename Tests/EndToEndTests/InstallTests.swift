import Foundation
import Glibc
import TestSupport
import Testing

@Suite("nnctl daemon install", .timeLimit(.minutes(15)))
struct InstallTests {
    private static let program = (Programs.nnd as NSString).standardizingPath

    @Test("writes a unit that systemd takes, and does not write over one that was changed")
    func user() async throws {
        try await Sandbox.with { sandbox in
            let unit = sandbox.directory.file(".config/systemd/user/nnd.service")
            let install = ["daemon", "install", "--user"]
            #expect(try await sandbox.nnctl(install).exit == .code(0))
            let text = try String(contentsOfFile: unit, encoding: .utf8)
            #expect(text.contains("Type=notify\nExecStart=\(Self.program) serve\n"))
            try await analyze(["--user", "verify", "--man=no", unit], in: sandbox)
            try await analyze(["--user", "security", "--offline=true", "--threshold=65", unit], in: sandbox)
            // Once more changes nothing.
            #expect(try await sandbox.nnctl(install).exit == .code(0))
            #expect(try String(contentsOfFile: unit, encoding: .utf8) == text)

            try (text + "Nice=5\n").write(toFile: unit, atomically: true, encoding: .utf8)
            let refused = try await sandbox.refusal(of: install)
            #expect(refused.exit == .code(73) && refused.sentence.contains("--force writes over it"))
            // Whatever it holds.
            try Data([0xFF, 0xFE]).write(to: URL(filePath: unit))
            #expect(try await sandbox.nnctl(install).exit == .code(73))
            let forced = try await sandbox.nnctl(install + ["--force", "--json"])
            #expect(forced.exit == .code(0) && forced.output.contains(#""units":["\#(unit)"]"#))
            #expect(try String(contentsOfFile: unit, encoding: .utf8) == text)
        }
    }

    @Test("the system's units are taken by systemd and leave the daemon little to do harm with")
    func system() async throws {
        try await Sandbox.with { sandbox in
            let directory = sandbox.directory.file("units")
            #expect(
                try await sandbox.nnctl(["daemon", "install", "--directory", directory]).exit == .code(0))
            let (service, socket) = (directory + "/nnd.service", directory + "/nnd.socket")
            let text = try String(contentsOfFile: service, encoding: .utf8)
            #expect(text.contains("\nExecStart=\(Self.program) serve --group nnd\n"))
            #expect(text.contains("\nUser=nnd\n") && text.contains("\nStateDirectoryMode=0700\n"))
            // It would take openat2 from the daemon, with which it opens files as the user who asks.
            #expect(!text.contains("\nRestrictSUIDSGID="))
            let listener = try String(contentsOfFile: socket, encoding: .utf8)
            #expect(listener.contains("\nSocketMode=0660\n") && listener.contains("\nSocketGroup=nnd\n"))
            try await analyze(["verify", "--man=no", service, socket], in: sandbox)
            try await analyze(["security", "--offline=true", "--threshold=20", service], in: sandbox)
        }
    }

    @Test(
        "whoever is not root is told that the system's service needs root",
        .enabled(if: geteuid() == 0 && access("/usr/bin/setpriv", X_OK) == 0, "needs root and setpriv"))
    func permission() async throws {
        try await Sandbox.with { sandbox in
            // Another user reaches neither a checkout in a home nor what is for its owner alone.
            let copy = sandbox.directory.file("nnctl")
            let copied = try ChildProcess(
                "/usr/bin/install", ["-m", "755", Programs.nnctl, copy], capturing: STDOUT_FILENO,
                errors: "/dev/null")
            try #require(await copied.ended == .code(0))
            #expect(chmod(sandbox.directory.path, 0o711) == 0)
            let process = try ChildProcess(
                "/usr/bin/setpriv",
                ["--reuid=65534", "--regid=65534", "--clear-groups", copy, "daemon", "install"],
                capturing: STDERR_FILENO, errors: sandbox.log)
            #expect(await process.ended == .code(77))
            #expect(
                await process.text.contains("Only root may install a service for the whole system; --user"))
        }
    }

    /// systemd's own opinion, where systemd is there.
    private func analyze(_ arguments: [String], in sandbox: Sandbox) async throws {
        let analyze = "/usr/bin/systemd-analyze"
        guard FileManager.default.isExecutableFile(atPath: analyze) else {
            print("systemd-analyze is not here: the units are not held against it")
            return
        }
        let errors = sandbox.directory.file("analyze-\(UUID())")
        let process = try ChildProcess(
            analyze, arguments,
            environment: ["XDG_RUNTIME_DIR=\(sandbox.directory.path)", "HOME=\(sandbox.directory.path)"],
            capturing: STDOUT_FILENO, errors: errors)
        let (exit, text) = (await process.ended, await process.text)
        let complaints = (try? String(contentsOfFile: errors, encoding: .utf8)) ?? ""
        #expect(exit == .code(0), "\(text.suffix(200)) \(complaints)")
        #expect(!complaints.contains("nnd.s"), "\(complaints)")
    }
}
