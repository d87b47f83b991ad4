import Control
import Datasets
import Foundation
import Spec
import Store
import Testing
import nnd

@Suite("Errors become problem documents")
struct ProblemTests {
    struct Odd: Error {}

    @Test(
        "each kind of error has its code and keeps its sentence",
        arguments: [
            (SpecError(file: "a.yaml", line: 3, key: "loss", "is required"), ProblemCode.badSpec),
            (DataError(.missingFile, file: "a.csv", "there is no such file"), .badData),
            (DataError(.noSpace, file: "a.csv", "there is no room for it"), .storage),
            (Problem(.nameTaken, "taken"), .nameTaken),
        ] as [(any Error & CustomStringConvertible, ProblemCode)])
    func codes(error: any Error & CustomStringConvertible, code: ProblemCode) {
        #expect(Problem(reporting: error) == Problem(code, error.description))
    }

    @Test("a refusal of the lifecycle is a conflict or not running")
    func refusals() {
        #expect(Problem(reporting: JobLifecycle.Refusal.conflict("a")) == Problem(.conflict, "a"))
        #expect(Problem(reporting: JobLifecycle.Refusal.notRunning("b")) == Problem(.notRunning, "b"))
    }

    @Test("what the store does not know is a 404", .timeLimit(.minutes(15)))
    func store() async throws {
        let store = try Store.inMemory()
        let job = try await #require(throws: StoreError.self) { try await store.job("nobody") }
        #expect(Problem(reporting: job).code == .noSuchJob)
        let checkpoint = try await #require(throws: StoreError.self) { try await store.checkpoint(7) }
        #expect(Problem(reporting: checkpoint).code == .noSuchCheckpoint)
        #expect(JobEnd(job) == .failed(reason: job.description))
    }

    @Test("data that cannot be reached pauses a job, data that is wrong fails it")
    func data() {
        for code in DataError.Code.allCases {
            let error = DataError(code, file: "a.csv", "why")
            let isOutside = [.missingFile, .unreadable, .noSpace, .unwritable].contains(code)
            #expect(
                JobEnd(error) == (isOutside ? .halted(reason: "a.csv: why") : .failed(reason: "a.csv: why")))
        }
    }

    @Test("an unknown error is internal and says what it was")
    func unknown() {
        let problem = Problem(reporting: Odd())
        #expect(problem.code == .internalError)
        #expect(problem.detail.contains("Odd()"))
    }

    @Test(
        "a body that cannot be decoded names the field",
        arguments: [
            (#"{}"#, "The request lacks the field `spec`."),
            (
                #"{"spec": "a", "base_directory": 3}"#,
                "The request's field `base_directory` must be a string."
            ),
            (#"{"spec": "a", "workers": 0}"#, "workers: expected an integer of at least 1 or \"auto\""),
            (#"{"spec": "a", "set": [1]}"#, "The request's field `set.[0]` must be a string."),
            (#"[]"#, "The request's body must be a JSON object"),
            (#"{"#, "The request's body is not JSON"),
        ])
    func decoding(body: String, sentence: String) throws {
        let error = try #require(throws: DecodingError.self) {
            try WireJSON.decode(StartRequest.self, from: Data(body.utf8))
        }
        let problem = Problem(decoding: error)
        #expect(problem.code == .badRequest)
        #expect(problem.detail.contains(sentence))
    }
}
