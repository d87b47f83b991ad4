import ArgumentParser
import Control
import Spec
import Testing
import nnctl

@Suite("Failures and exit codes")
struct FailureTests {
    @Test("every error has a sentence and an exit code")
    func mapping() throws {
        #expect(
            Failure(ClientError.problem(Problem(.noSuchJob, "No job 9."))) == Failure(.noSuchJob, "No job 9.")
        )
        #expect(Failure(ClientError.unreachable(socket: "/s"))?.status.rawValue == 69)
        #expect(Failure(ClientError.forbidden(socket: "/s"))?.status.rawValue == 77)
        #expect(
            Failure(SpecError(file: "a.yaml", line: 3, key: "loss", "missing"))
                == Failure(.badInput, "a.yaml:3: loss: missing"))
        #expect(Failure(StandardStream.WriteError.readerGone) == Failure(.success, ""))
        #expect(Failure(StandardStream.WriteError.failed(errno: 28))?.status.rawValue == 74)
        #expect(Failure(ValidationError("x")) == nil)
    }

    @Test(
        "a job's end decides what wait and follow exit with",
        arguments: [
            (JobState.succeeded, 0), (.failed, 1), (.stopped, 3), (.paused, 3),
        ] as [(JobState, Int32)])
    func outcome(state: JobState, code: Int32) throws {
        var job = Samples.running
        job.state = state
        #expect(try job.outcome().rawValue == code)
    }

    @Test(
        "a stream that ends before the job does means that the daemon went away",
        arguments: [JobState.running, .queued])
    func daemonGone(state: JobState) {
        var job = Samples.running
        job.state = state
        let failure = #expect(throws: Failure.self) { try job.outcome() }
        #expect(failure?.status == .temporary)
    }
}
