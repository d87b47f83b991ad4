import Control
import Foundation
import Glibc
import Testing
import nnctl

/// A shell stands in for the daemon; descriptor 3 is its readiness pipe.
@Suite("Starting a daemon", .timeLimit(.minutes(15)))
struct DaemonProcessTests {
    private func withDirectory(_ body: (String) throws -> Void) throws {
        let directory = NSTemporaryDirectory() + "/nnctl-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: false)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        try body(directory)
    }

    private func launch(_ script: String, in directory: String) throws {
        let log = directory + "/nnd.log"
        let process = try DaemonProcess.launch("/bin/sh", ["-c", script], log: log)
        try process.waitUntilReady(log: log)
        // A child that nobody collects would be found again and again by whoever waits for any child.
        while waitpid(process.id, nil, 0) < 0 && errno == EINTR {}
    }

    @Test("it is ready when it says so, and the log has what it writes")
    func ready() throws {
        try withDirectory { directory in
            try launch("echo one; echo two >&2; echo READY >&3", in: directory)
            try launch("echo three; echo READY >&3", in: directory)
            #expect(
                try String(contentsOfFile: directory + "/nnd.log", encoding: .utf8) == "one\ntwo\nthree\n")
        }
    }

    @Test("its own sentence and exit code are passed on")
    func sentence() throws {
        try withDirectory { directory in
            #expect(throws: Failure(.cannotCreate, "The disk is gone.")) {
                try launch("echo The disk is gone. >&3; exit 73", in: directory)
            }
        }
    }

    @Test(
        "an end without a word names the log",
        arguments: [
            ("exit 75", Control.ExitStatus.temporary), ("exit 0", .internalError),
            ("kill -9 $$", .internalError),
        ])
    func silent(script: String, status: Control.ExitStatus) throws {
        try withDirectory { directory in
            #expect(
                throws: Failure(status, "nnd ended before it was ready; its log is \(directory)/nnd.log.")
            ) {
                try launch(script, in: directory)
            }
        }
    }

    @Test("a program that cannot be started is a failure")
    func missing() throws {
        try withDirectory { directory in
            #expect(throws: Failure(.cannotCreate, "cannot start /nowhere/nnd: No such file or directory")) {
                try DaemonProcess.launch("/nowhere/nnd", [], log: directory + "/nnd.log")
            }
        }
    }

    @Test("it has a session of its own and no descriptor but its own four")
    func detached() throws {
        try withDirectory { directory in
            let inherited = dup(STDERR_FILENO)
            defer { close(inherited) }
            // The sixth field of stat is the session (proc(5)).
            try launch("cut -d' ' -f6 /proc/$$/stat; echo $$; ls /proc/$$/fd; echo READY >&3", in: directory)
            let lines = try String(contentsOfFile: directory + "/nnd.log", encoding: .utf8).split(
                separator: "\n")
            #expect(lines.count == 6)
            #expect(lines.first == lines.dropFirst().first)
            #expect(lines.suffix(4) == ["0", "1", "2", "3"])
        }
    }

    @Test("state directories are made for this user alone, with those above them")
    func stateDirectory() throws {
        try withDirectory { directory in
            let state = try StateDirectory(directory + "/a/b/")
            try state.create()
            try state.create()
            for path in [directory + "/a", directory + "/a/b"] {
                let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions]
                #expect(mode as? Int == 0o700)
            }
            try Data().write(to: URL(filePath: directory + "/file"))
            #expect(
                throws: Failure(
                    .cannotCreate, "cannot make the directory \(directory)/file/a: Not a directory")
            ) {
                try StateDirectory(directory + "/file/a").create()
            }
        }
    }
}
