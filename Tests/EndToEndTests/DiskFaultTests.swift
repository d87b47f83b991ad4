import Foundation
import Glibc
import TestSupport
import Testing

@Suite("Disks that fail", .serialized, .enabled(if: geteuid() == 0, "only root may mount"))
struct DiskFaultTests {
    @Test("a state directory on a read-only disk is refused with a sentence", .timeLimit(.minutes(1)))
    func readOnlyAtStart() async throws {
        try await Sandbox.with { sandbox in
            try FileManager.default.createDirectory(atPath: sandbox.state, withIntermediateDirectories: false)
            // Refused in most containers, where there is nothing to test then.
            guard try await run("mount", "-t", "tmpfs", "-o", "ro,size=1m,mode=700", "tmpfs", sandbox.state)
            else { return }
            let process = try sandbox.launch()
            let exit = await process.ended
            let text = await process.text
            #expect(try await run("umount", sandbox.state))
            #expect(exit == .code(74) || exit == .code(77))
            #expect(text.contains(sandbox.state) && text.split(separator: "\n").count == 1, "\(text)")
            #expect(text.contains("Read-only file system"), "\(text)")
        }
    }

    private func run(_ program: String, _ words: String...) async throws -> Bool {
        let process = try ChildProcess(
            "/bin/" + program, words, capturing: STDOUT_FILENO, errors: "/dev/null")
        return await process.ended == .code(0)
    }
}
