import Control
import Foundation
import Spec
import TestSupport
import Testing

@Suite("Checkpoints of an older branch", .serialized, .timeLimit(.minutes(15)))
struct OlderBranchTests {
    @Test("predict and score by the spec that they were trained with, also while the job trains by another")
    func otherSpec() async throws {
        try await Sandbox.with { sandbox in
            let input = try await DigitSamples().csv(in: sandbox)
            try await sandbox.daemon { _, client in
                let old = try #require(try await client.stoppedDigits().first)
                func predictions(_ options: [String] = []) async throws -> String {
                    let run = try await sandbox.nnctl(["predict", "digits", "-i", input, "--json"] + options)
                    #expect(run.exit == .code(0), "\(sandbox.logText)")
                    return run.output
                }
                func score(_ checkpoint: Int?) async throws -> Evaluation {
                    try await client.evaluate(
                        "digits",
                        EvaluateRequest(data: .test, checkpoint: checkpoint, confusionMatrix: true))
                }
                let (predicted, scored) = (try await predictions(), try await score(nil))
                let resumed = try await sandbox.nnctl([
                    "resume", "digits", "--from", "\(old.id)",
                    "--set", "model.layers[0].dense.activation=tanh", "--set", "training.epochs=1000000",
                ])
                #expect(resumed.exit == .code(0), "\(sandbox.logText)")
                let job = try await client.status(of: "digits").id
                _ = try await client.first(job) { $0.state == .running && $0.step > old.step }

                #expect(try await predictions(["--checkpoint", "\(old.id)"]) == predicted)
                #expect(try await score(old.id) == scored)
                let new = try #require(try await client.checkpoint("digits").lastCheckpoint)
                #expect(new.id != old.id)
                #expect(try await predictions(["--checkpoint", "\(new.id)"]) != predicted)
                #expect(try await score(new.id).loss != scored.loss)
                _ = try await client.stop("digits")
                #expect(try await score(old.id) == scored)
            }
        }
    }
}
