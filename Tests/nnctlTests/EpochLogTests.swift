import Control
import Testing
import nnctl

@Suite("The epochs that follow shows")
struct EpochLogTests {
    private func job(epoch: Int, step: Int, checkpoint: Int? = nil, state: JobState = .running) -> JobStatus {
        var job = Samples.queued
        (job.epoch, job.step, job.state) = (epoch, step, state)
        job.totalEpochs = 5
        job.lastCheckpoint = checkpoint.map { .init(id: $0, step: step) }
        return job
    }

    private func points(_ epochs: ClosedRange<Int>) -> [MetricPoint] {
        epochs.map { MetricPoint(step: $0 * 10, epoch: $0, name: "loss", value: Double($0)) }
    }

    @Test("an epoch that was seen to begin and to end has its time")
    func timed() {
        var log = EpochLog(after: job(epoch: 0, step: 0))
        let start = ContinuousClock.now
        #expect(!log.isBehind(job(epoch: 0, step: 5)))
        #expect(log.isBehind(job(epoch: 1, step: 10)))
        let first = log.lines(points(1...1), job(epoch: 1, step: 10), now: start)
        #expect(first.count == 1)
        #expect(first[0].hasPrefix("epoch 1/5  loss 1.0000  "))
        #expect(log.isBehind(job(epoch: 2, step: 20)))
        let second = log.lines(points(1...2), job(epoch: 2, step: 20), now: start + .seconds(75))
        #expect(second == ["epoch 2/5  loss 2.0000  1:15"])
        #expect(log.step == 20)
    }

    @Test("the first epoch begins when the job does, not when it was queued")
    func queued() {
        let start = ContinuousClock.now
        var log = EpochLog(after: job(epoch: 0, step: 0, state: .queued), now: start)
        log.see(job(epoch: 0, step: 0, state: .queued), now: start + .seconds(50))
        log.see(job(epoch: 0, step: 0), now: start + .seconds(100))
        log.see(job(epoch: 0, step: 5), now: start + .seconds(110))
        let lines = log.lines(points(1...1), job(epoch: 1, step: 10), now: start + .seconds(130))
        #expect(lines == ["epoch 1/5  loss 1.0000  0:30"])
    }

    @Test("where no live line does, lines have the same fields, and the newest the speed and the time to go")
    func pace() {
        var status = job(epoch: 3, step: 30)
        (status.samplesPerSecond, status.etaSeconds) = (84_123, 42)
        var log = EpochLog(after: job(epoch: 1, step: 10), showsPace: true)
        log.see(status)
        #expect(
            log.lines(points(1...3), status)
                == [
                    "epoch 2/5  loss 2.0000  -  - samples/s  ETA -",
                    "epoch 3/5  loss 3.0000  -  84.1k samples/s  ETA 0:42",
                ])
        let end = job(epoch: 4, step: 40, state: .succeeded)
        log.see(end)
        let last = log.lines(points(4...4), end)
        #expect(last.count == 1)
        #expect(last.first?.hasSuffix("  84.1k samples/s  ETA -") == true)
    }

    @Test("epochs that went by between two looks are all shown, without a time")
    func leap() {
        var log = EpochLog(after: job(epoch: 1, step: 10))
        let lines = log.lines(points(1...4), job(epoch: 4, step: 40))
        #expect(lines == ["epoch 2/5  loss 2.0000", "epoch 3/5  loss 3.0000", "epoch 4/5  loss 4.0000"])
        #expect(!log.isBehind(job(epoch: 4, step: 44)))
    }

    @Test("metrics that come late are asked for again with the next checkpoint")
    func late() {
        var log = EpochLog(after: job(epoch: 0, step: 0))
        #expect(log.lines([], job(epoch: 1, step: 10)) == [])
        #expect(!log.isBehind(job(epoch: 1, step: 12)))
        #expect(log.isBehind(job(epoch: 1, step: 15, checkpoint: 1)))
        #expect(log.lines(points(1...1), job(epoch: 1, step: 15, checkpoint: 1)).count == 1)
        #expect(!log.isBehind(job(epoch: 1, step: 20, checkpoint: 2)))
    }

    @Test("and at the latest when the job ends")
    func atTheEnd() {
        var log = EpochLog(after: job(epoch: 0, step: 0))
        _ = log.lines([], job(epoch: 1, step: 10))
        #expect(log.isBehind(job(epoch: 1, step: 10, state: .succeeded)))
    }
}
