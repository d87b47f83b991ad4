import Foundation
import Glibc
import TestSupport

/// A library that is loaded into the daemon and lets its writes to the database fail for as long as a test wants.
struct FaultyWrites {
    let directory: TemporaryDirectory

    private var library: String { directory.file("writes.so") }
    private var flag: String { directory.file("fault") }

    /// Whether there is a C compiler to make it.
    static let isPossible = access("/usr/bin/cc", X_OK) == 0

    struct CompilerError: Error {}

    init() async throws {
        directory = try TemporaryDirectory()
        let source = Fixture.url("faults/writes.c").path(percentEncoded: false)
        let compiler = try ChildProcess(
            "/usr/bin/cc", ["-shared", "-fPIC", "-o", library, source],
            environment: ["PATH=/usr/bin:/bin"], capturing: STDOUT_FILENO, errors: directory.file("errors"))
        guard await compiler.ended == .code(0) else { throw CompilerError() }
    }

    var environment: [String] { ["LD_PRELOAD=\(library)", "NND_FAULT=\(flag)"] }

    /// Writes fail with this number, as in `errno`, from now on.
    func begin(_ number: Int32) throws {
        try "\(number)\n".write(toFile: flag, atomically: true, encoding: .utf8)
    }

    func end() { unlink(flag) }
}
