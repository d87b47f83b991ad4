import Spec
import Testing

@Suite("Restarts in job files")
struct RestartTests {
    private func spec(_ text: String) throws -> RestartSpec? { try JobSpec(yaml: Text().text + text).restart }

    @Test("are none unless a number says so, and are written back")
    func reading() throws {
        #expect(try spec("") == nil)
        #expect(try spec("\nrestart: {max: 3}") == RestartSpec(max: 3, afterSeconds: 1))
        #expect(try spec("\nrestart: {max: 3, after_seconds: 20}") == RestartSpec(max: 3, afterSeconds: 20))
        let job = try JobSpec(yaml: Text().text + "\nrestart: {max: 2}")
        #expect(job.canonicalJSON.contains(#""restart":{"after_seconds":1,"max":2}"#))
        #expect(try JobSpec(yaml: job.canonicalJSON) == job)
        #expect(!(try JobSpec(yaml: Text().text).canonicalJSON.contains("restart")))
    }

    @Test(
        "say what is wrong with them",
        arguments: ["restart: {}", "restart: {max: 0}", "restart: {max: 1, after_seconds: 0}", "restart: 3"])
    func mistakes(text: String) {
        #expect(problem(Text().text + "\n" + text)?.contains("restart") == true, "\(text)")
    }

    @Test("come after pauses that grow up to five minutes, or are as long as the first")
    func pauses() {
        let rule = RestartSpec(max: 9)
        #expect((1...10).map(rule.pause) == [1, 2, 4, 8, 16, 32, 64, 128, 256, 300])
        #expect(rule.pause(before: .max) == 300 && rule.pause(before: 0) == 1)
        #expect((1...3).map(RestartSpec(max: 9, afterSeconds: 400).pause) == [400, 400, 400])
    }
}
