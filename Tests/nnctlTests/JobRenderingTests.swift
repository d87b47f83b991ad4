import Control
import Foundation
import Testing
import nnctl

@Suite("Jobs as text")
struct JobRenderingTests {
    private let jobs = [Samples.running, Samples.failed, Samples.queued]

    private func table(_ width: Int?) -> String {
        JobTable.rendered(jobs, now: Samples.now, width: width, style: .plain)
    }

    @Test("the table at 120 columns and without a terminal")
    func table120() {
        let text = """
            ID  NAME                    STATE    EPOCH       STEP      LOSS    ACC  SAMPLES/S  ETA/AGE
             7  fashion-mlp             running   3/10  1620/5400    0.2713  0.901      84.1k     0:42
             6  a-job-with-a-long-name  failed       0     12/400  1.23e+06      -          -   2h ago
             5  next                    queued     0/2       0/10         -      -          -   5s ago

            """
        #expect(table(120) == text)
        #expect(table(nil) == text)
    }

    @Test("the table at 80 columns")
    func table80() {
        #expect(
            table(80) == """
                ID  NAME                    STATE    EPOCH      LOSS    ACC  SAMPLES/S  ETA/AGE
                 7  fashion-mlp             running   3/10    0.2713  0.901      84.1k     0:42
                 6  a-job-with-a-long-name  failed       0  1.23e+06      -          -   2h ago
                 5  next                    queued     0/2         -      -          -   5s ago

                """)
    }

    @Test("the table at 40 columns")
    func table40() {
        #expect(
            table(40) == """
                ID  NAME                  STATE    EPOCH
                 7  fashion-mlp           running   3/10
                 6  a-job-with-a-long-n…  failed       0
                 5  next                  queued     0/2

                """)
        for width in 18...24 {
            #expect(table(width).split(separator: "\n").allSatisfy { $0.count <= width })
            #expect(table(width).contains("…"))
        }
    }

    @Test("owners have a column where there are several")
    func owners() {
        var (mine, hers) = (Samples.queued, Samples.queued)
        mine.owner = .init(uid: 1000, name: "bob")
        hers.owner = .init(uid: 1001, name: nil)
        func table(_ jobs: [JobStatus]) -> String {
            JobTable.rendered(jobs, now: Samples.now, width: 80, style: .plain)
        }
        #expect(!table([mine, mine]).contains("OWNER"))
        #expect(
            table([mine, hers]) == """
                ID  NAME  STATE   OWNER  EPOCH  STEP  LOSS  ACC  SAMPLES/S  ETA/AGE
                 5  next  queued  bob      0/2  0/10     -    -          -   5s ago
                 5  next  queued  1001     0/2  0/10     -    -          -   5s ago

                """)
    }

    @Test("priorities have a column where there are some")
    func priorities() {
        var next = Samples.queued
        next.priority = 5
        #expect(
            JobTable.rendered([Samples.running, next], now: Samples.now, width: 80, style: .plain) == """
                ID  NAME         STATE    PRIO  EPOCH    LOSS    ACC  SAMPLES/S  ETA/AGE
                 7  fashion-mlp  running     0   3/10  0.2713  0.901      84.1k     0:42
                 5  next         queued      5    0/2       -      -          -   5s ago

                """)
    }

    @Test("a job that is run again says how often, and one with a priority which")
    func restarts() {
        var job = Samples.queued
        (job.priority, job.restarts, job.maxRestarts) = (-5, 1, 3)
        let card = JobCard.rendered(job, now: Samples.now, width: 80, style: .plain)
        #expect(card.contains("  priority  -5\n  restarts  1 of 3\n"))
    }

    @Test("the card")
    func card() {
        #expect(
            JobCard.rendered(Samples.running, now: Samples.now, width: 80, style: .plain) == """
                job 7 (fashion-mlp)
                  state         running
                  progress      epoch 3/10, step 1620/5400 (30 %)
                  samples       162000
                  loss          0.2713
                  accuracy      0.901
                  val_accuracy  0.887
                  val_loss      0.3000
                  speed         84.1k samples/s
                  time left     0:42
                  workers       2
                  batch         100 samples in 4 shards
                  checkpoint    12 at step 1500
                  weights       0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
                  made          3m ago
                  started       3m ago

                """)
    }

    @Test("the card at 40 columns wraps its sentences")
    func narrowCard() {
        #expect(
            JobCard.rendered(Samples.failed, now: Samples.now, width: 40, style: .plain) == """
                job 6 (a-job-with-a-long-name)
                  state     failed
                  reason    the loss is not a finite
                            number at step 12
                  progress  epoch 0, step 12/400 (3 %)
                  samples   1200
                  loss      1.23e+06
                  workers   1
                  batch     100 samples in 4 shards
                  made      2h ago
                  started   2h ago
                  ended     2h ago, after 1:30

                """)
    }

    @Test("outcomes")
    func outcomes() {
        var job = Samples.running
        job.state = .succeeded
        job.finishedAt = Samples.ago(100)
        #expect(
            OutcomeLine.rendered(job)
                == "job 7 (fashion-mlp) succeeded at epoch 3/10, step 1620/5400 after 1:25; "
                + "weights 0123456789ab"
        )
        #expect(
            OutcomeLine.rendered(Samples.failed)
                == "job 6 (a-job-with-a-long-name) failed at epoch 0, step 12/400: "
                + "the loss is not a finite number at step 12")
        job.state = .paused
        job.reason = "disk full"
        #expect(
            OutcomeLine.rendered(job)
                == "job 7 (fashion-mlp) is paused at epoch 3/10, step 1620/5400: disk full; "
                + "`nnctl resume 7` goes on with it")
        job.held = true
        #expect(
            OutcomeLine.rendered(job)
                == "job 7 (fashion-mlp) is paused at epoch 3/10, step 1620/5400: disk full")
        #expect(
            ProgressLine.rendered(job, width: 80, style: .plain)
                == "job 7 (fashion-mlp) is paused (disk full)")
        #expect(!job.isAtRest)
        #expect(throws: Failure.self) { try job.outcome() }
    }

    @Test("what came over the wire cannot steer the terminal")
    func controlCharacters() {
        var job = Samples.failed
        job.name = "\u{1B}[2Jx\n"
        job.reason = "a\rb"
        let text =
            JobCard.rendered(job, now: Samples.now, width: 80, style: .plain) + OutcomeLine.rendered(job)
            + JobTable.rendered([job], now: Samples.now, width: 80, style: .plain)
        #expect(!text.unicodeScalars.contains { $0.properties.generalCategory == .control && $0 != "\n" })
        #expect(text.contains("\u{FFFD}[2Jx\u{FFFD}"))
    }
}
