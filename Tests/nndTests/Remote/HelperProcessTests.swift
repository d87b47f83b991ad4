import Testing
import TrainerWire

@Suite("A program that the daemon starts", .timeLimit(.minutes(5)))
struct HelperProcessTests {
    private func run(_ script: String) async throws -> (exit: HelperProcess.Exit, words: String) {
        let helper = try HelperProcess(
            HelperCommand(
                keeper: TestLauncher.programs + "/nnd-keeper", program: "sh", arguments: ["-c", script],
                environment: ["PATH": "/usr/bin:/bin"]))
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
}
