import Control
import Testing
import nnctl

@Suite("What verify says")
struct VerifyLineTests {
    private func line(_ update: VerifyUpdate) -> String? { VerifyLine.rendered(update, job: "digits") }

    @Test("checkpoints, and from where the job can go on")
    func checkpoints() {
        #expect(
            line(.checkpoint(CheckpointCheck(id: 12, branch: 1, step: 500)))
                == "checkpoint 12, step 500: whole")
        #expect(
            line(
                .checkpoint(
                    CheckpointCheck(id: 12, branch: 1, step: 500, damage: "checkpoint 12 is damaged: x")))
                == "checkpoint 12, step 500: checkpoint 12 is damaged: x")
        #expect(line(.summary(VerifySummary(checkpoints: 2, damaged: 0, goesOnFrom: nil))) == nil)
        #expect(
            line(.summary(VerifySummary(checkpoints: 0, damaged: 0, goesOnFrom: nil)))
                == "job digits has no checkpoint yet")
        #expect(
            line(.summary(VerifySummary(checkpoints: 2, damaged: 1, goesOnFrom: .init(id: 11, step: 400))))
                == "1 of 2 checkpoints is damaged; job digits can go on from checkpoint 11 at step 400")
        #expect(
            line(.summary(VerifySummary(checkpoints: 2, damaged: 2, goesOnFrom: nil)))
                == "2 of 2 checkpoints are damaged; job digits can only begin again")
    }

    @Test("stretches")
    func stretches() {
        let (from, to) = (
            JobStatus.CheckpointReference(id: 3, step: 100), JobStatus.CheckpointReference(id: 5, step: 300)
        )
        #expect(
            line(.comparison(VerifyComparison(from: from, to: to, workers: 2, weightsDigest: "ab12")))
                == "equal: steps 101 to 300, trained again with 2 workers, come to checkpoint 5 bit for bit; "
                + "weights ab12")
        #expect(
            line(
                .comparison(
                    VerifyComparison(
                        from: nil, to: to, workers: 1, buffer: "adam.m", tensor: "0.bias",
                        weightsDigest: "ab12")))
                == "different: steps 1 to 300, trained again with 1 worker, do not come to checkpoint 5; "
                + "the first tensor that differs is `0.bias` in `adam.m`")
    }
}
