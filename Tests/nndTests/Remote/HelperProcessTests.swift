import Glibc
import Testing
import TrainerWire

@Suite("A program that the daemon starts", .timeLimit(.minutes(5)))
struct HelperProcessTests {
    private func start(_ script: String) throws -> HelperProcess {
        try HelperProcess(
            HelperCommand(
                keeper: TestLauncher.programs + "/nnd-keeper", program: "sh", arguments: ["-c", script],
                environment: ["PATH": "/usr/bin:/bin"]))
    }

    private func run(_ script: String) async throws -> (exit: HelperProcess.Exit, words: String) {
        let helper = try start(script)
        return (await helper.ended, helper.lastWords)
    }

    @Test("is quoted with its first lines and its last ones, of however many")
    func words() async throws {
        let (exit, words) = try await run(
            "echo ssh: no route to host b; for i in $(seq 5000); do echo line $i; done; echo ----; exit 3")
        #expect(exit == .code(3))
        #expect(words == "ssh: no route to host b / line 1 / line 2 / … / line 4999 / line 5000")
        #expect(try await run("printf 'one\\n\\ttwo\\n'").words == "one /  two")
    }

    @Test("has ended when its keeper was killed, though somebody is left who could write")
    func killed() async throws {
        // In a session of its own, or the system would have it go on when its group is left alone.
        let helper = try start("setsid sh -c 'echo $$; kill -STOP $$' & wait")
        var left: pid_t?
        while left == nil {
            await Task.yield()
            left = pid_t(helper.lastWords)
        }
        kill(helper.id, SIGKILL)
        helper.end()
        #expect(await helper.ended == .signal(SIGKILL))
        if let left { #expect(kill(left, SIGKILL) == 0) }
    }
}
