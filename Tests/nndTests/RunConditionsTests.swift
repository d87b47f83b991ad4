import Parallel
import Spec
import Testing
import nnd

@Suite("What a run depends on")
struct RunConditionsTests {
    let now = RunConditions(dataFingerprint: "aaaaaaaaaaaaaaaa", instructionSet: "avx512")

    @Test("the same data and instruction set, or a first run, are no difference")
    func same() {
        #expect(
            now.difference(job: "j", dataFingerprint: "aaaaaaaaaaaaaaaa", instructionSet: "avx512") == nil)
        #expect(now.difference(job: "j", dataFingerprint: nil, instructionSet: nil) == nil)
    }

    @Test("changed data and another instruction set are named")
    func different() throws {
        let data = try #require(
            now.difference(job: "j", dataFingerprint: "bbbbbbbbbbbbbbbb", instructionSet: "avx512"))
        #expect(data.contains("training data of job `j` has changed") && data.contains("bbbbbbbbbbbb… then"))
        let machine = try #require(
            now.difference(job: "j", dataFingerprint: "aaaaaaaaaaaaaaaa", instructionSet: "avx2"))
        #expect(machine.contains("instruction set avx2") && machine.contains("avx512"))
    }

    @Test("a job that has become portable is told so, and not that the machine is another")
    func portable() {
        let portable = RunConditions(dataFingerprint: "a", instructionSet: "avx2", isPortable: true)
        let change = portable.difference(job: "j", dataFingerprint: "a", instructionSet: "avx512")
        #expect(change?.contains("because its `cluster` is portable; leave that as it was") == true)
    }

    @Test("another version of oneDNN is a difference, and both versions are named")
    func library() throws {
        let newer = RunConditions(dataFingerprint: "a", instructionSet: "avx2 (oneDNN 3.1.0)")
        let sentence = try #require(
            newer.difference(job: "j", dataFingerprint: "a", instructionSet: "avx2 (oneDNN 2.6.3)"))
        #expect(sentence.contains("avx2 (oneDNN 2.6.3)") && sentence.contains("avx2 (oneDNN 3.1.0)"))
        // The kernels' own name for what this machine has says both.
        #expect(Parallel.instructionSet().contains(" (oneDNN "))
    }

    @Test("auto workers are the machine's, a count is a count")
    func workers() {
        let policy = WorkerPolicy(automatic: 6)
        #expect(policy.granted(.auto) == 6)
        #expect(policy.granted(.count(3)) == 3)
    }

    @Test("the newest value of each curve counts")
    func curves() {
        let rows = [
            MetricRow(step: 10, epoch: 1, name: "loss", value: 2),
            MetricRow(step: 10, epoch: 1, name: "accuracy", value: 0.5),
            MetricRow(step: 20, epoch: 2, name: "loss", value: 1),
        ]
        #expect(CurveSummary(rows).loss == 1)
        #expect(CurveSummary(rows).metrics == ["accuracy": 0.5])
    }
}
