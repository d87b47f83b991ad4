import Control
import Testing
import nnctl

@Suite("Progress")
struct ProgressTests {
    private let whole =
        "epoch 4/10 30% ━━━━━━─────────────── step 1620/5400 loss 0.2713 acc 0.901 val_loss 0.3000 val_acc 0.887 "
        + "84.1k samples/s ETA 0:42 2 workers"

    @Test("the live line holds everything where there is room, and the bar fills what is left")
    func wide() {
        #expect(ProgressLine.rendered(Samples.running, width: 140, style: .plain) == whole)
        #expect(
            ProgressLine.rendered(Samples.running, width: 100, style: .plain)
                .hasSuffix(" acc 0.901 val_acc 0.887 84.1k samples/s ETA 0:42 2 workers"))
    }

    @Test(
        "and has what matters most where there is not",
        arguments: [
            (80, "epoch 4/10 30% ━━━╸──────── loss 0.2713 val_acc 0.887 84.1k samples/s ETA 0:42"),
            (40, "epoch 4/10 loss 0.2713 ETA 0:42"), (30, "epoch 4/10 acc 0.901 ETA 0:42"),
            (12, "epoch 4/10"), (5, ""),
        ])
    func narrow(width: Int, text: String) {
        let line = ProgressLine.rendered(Samples.running, width: width, style: .plain)
        #expect(line == text && line.count < width)
    }

    @Test("it never fills the last column, which would make a terminal wrap")
    func everyWidth() {
        for width in 1...130 {
            let line = ProgressLine.rendered(Samples.running, width: width, style: .plain)
            #expect(line.count < width)
            #expect(
                ProgressLine.rendered(Samples.running, width: width, style: .colored)
                    .replacing(/\u{1B}\[\d+m/, with: "") == line)
        }
    }

    @Test("a job that is not running has a state instead of progress")
    func notRunning() {
        #expect(ProgressLine.rendered(Samples.queued, width: 80, style: .plain) == "job 5 (next) is queued")
    }

    @Test(
        "bars",
        arguments: [
            (0.0, "──────"), (0.5, "━━━───"), (0.59, "━━━╸──"), (1, "━━━━━━"), (7, "━━━━━━"), (-1, "──────"),
            (.nan, "──────"),
        ])
    func bar(fraction: Double, text: String) {
        #expect(ProgressBar.rendered(fraction, width: 6, style: .plain) == text)
    }

    @Test("epoch lines")
    func epoch() {
        #expect(
            EpochLine.rendered(
                epoch: 3, of: 10,
                values: ["val_accuracy": 0.887, "loss": 0.27, "accuracy": 0.9, "val_loss": 0.31, "f1": 0.5],
                seconds: 12.4)
                == "epoch 3/10  loss 0.2700  accuracy 0.900  val_loss 0.3100  "
                + "val_accuracy 0.887  f1 0.5000  0:12"
        )
        #expect(EpochLine.rendered(epoch: 1, of: nil, values: [:], seconds: nil) == "epoch 1")
    }
}
