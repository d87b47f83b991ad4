import Control
import Foundation
import Testing
import nnctl

@Suite("Results as text")
struct ResultRenderingTests {
    @Test("who did what")
    func audit() {
        func entry(_ method: String, _ path: String, _ status: Int, count: Int = 1) -> AuditList.Entry {
            AuditList.Entry(
                at: Samples.now, user: status == 200 ? .init(uid: 1000, name: "alice") : nil,
                pid: status == 200 ? 4711 : nil, method: method, path: path, job: nil, status: status,
                count: count)
        }
        let list = AuditList(entries: [
            entry("CONNECT", "", 403, count: 20), entry("POST", "/v1/jobs/1/\u{1B}[31mstop", 200),
        ])
        #expect(
            AuditTable.rendered(list, width: 100, style: .plain) == """
                TIME                  USER    PID  STATUS  COUNT  REQUEST
                2026-02-02T02:40:00Z  -         -     403     20  CONNECT
                2026-02-02T02:40:00Z  alice  4711     200      1  POST /v1/jobs/1/\u{FFFD}[31mstop

                """)
    }

    @Test("checkpoints")
    func checkpoints() {
        let digest = String(repeating: "ab", count: 32)
        let list = [
            CheckpointInfo(
                id: 12, branch: 0, step: 1500, epoch: 2, samples: 150_000, weightsDigest: digest,
                bytes: 4_200_000,
                metrics: ["val_accuracy": 0.887], createdAt: Samples.ago(90)),
            CheckpointInfo(
                id: 9, branch: 0, step: 1000, epoch: 1, samples: 100_000, weightsDigest: digest,
                bytes: 4_200_000,
                metrics: [:], createdAt: Samples.ago(150)),
        ]
        #expect(
            CheckpointTable.rendered(list, now: Samples.now, width: 80, style: .plain) == """
                ID  BRANCH  EPOCH  STEP  VAL_ACCURACY     SIZE    MADE  WEIGHTS
                12       0      2  1500         0.887  4.20 MB  1m ago  abababababababababababa…
                 9       0      1  1000             -  4.20 MB  2m ago  abababababababababababa…

                """)
        #expect(
            CheckpointTable.rendered(list, now: Samples.now, width: 40, style: .plain) == """
                ID  EPOCH  STEP    MADE  WEIGHTS
                12      2  1500  1m ago  ababababababab…
                 9      1  1000  2m ago  ababababababab…

                """)
        #expect(
            CheckpointTable.rendered(list, now: Samples.now, width: 120, style: .plain).contains(
                "  \(digest)\n"))
    }

    @Test("what a job would need, and what is in the way")
    func needs() {
        let parts = JobNeeds.Memory.Parts(
            weights: 1_000_000, gradients: 2_000_000, optimizer: 500_000, snapshot: 750_000, activations: 300,
            order: 40_000, samples: 7_000_000)
        #expect(
            NeedsCard.rendered(
                JobNeeds(
                    name: "digits", parameters: 62_500,
                    samples: .init(train: 1293, validation: 144, bytes: 467_424),
                    steps: 410, batchSize: 32, shards: 4, workers: 4, ranks: 2,
                    memory: .init(available: 8_000_000_000, parts: parts),
                    disk: .init(checkpoint: 750_000, kept: 3, needed: 3_750_000, available: 90_000_000_000)),
                width: 80, style: .plain) == """
                    job digits could start
                      parameters     62500
                      samples        1293 to train on, 144 for validation; 467 kB
                      steps          410
                      batch          32 samples in 4 shards
                      workers        4
                      ranks          2
                      memory         11.3 MB of 8.00 GB
                        weights      1.00 MB
                        gradients    2.00 MB
                        optimizer    500 kB
                        snapshot     750 kB
                        activations  300 B
                        order        40.0 kB
                        samples      7.00 MB
                      checkpoint     750 kB
                      disk           3.75 MB for 3 checkpoints of 90.0 GB that are free

                    """)
        let large = NeedsCard.rendered(
            JobNeeds(
                name: "digits", parameters: 1, batchSize: 32, shards: 4, workers: 2,
                memory: .init(available: 8, parts: parts), disk: .init(checkpoint: 9, needed: 36),
                problems: ["It is too large."]),
            width: 80, style: .plain)
        #expect(large.hasPrefix("job digits could not start\n  problem        It is too large.\n"))
        #expect(
            large.contains("  disk           36 B\n") && !large.contains("steps") && !large.contains("ranks"))
    }

    @Test("metrics: a line a step, a column a metric")
    func metrics() {
        let points = [
            MetricPoint(step: 20, epoch: 2, name: "loss", value: 0.5),
            MetricPoint(step: 10, epoch: 1, name: "loss", value: 0.75),
            MetricPoint(step: 20, epoch: 2, name: "accuracy", value: 0.8),
        ]
        #expect(
            MetricTable.rendered(points, width: 80, style: .plain) == """
                EPOCH  STEP  ACCURACY    LOSS
                    1    10         -  0.7500
                    2    20     0.800  0.5000

                """)
    }

    @Test("metrics part by part: one table, whatever a part holds")
    func metricParts() {
        let loss = MetricPoint(step: 5, epoch: 0, name: "loss", value: 0.75)
        let scored = [
            MetricPoint(step: 1000, epoch: 10, name: "loss", value: 0.5),
            MetricPoint(step: 1000, epoch: 10, name: "accuracy", value: 0.8),
        ]
        var table = MetricTable.Parts(ends: [loss] + scored)
        #expect(
            table.rendered([loss], width: 80, style: .plain) == """
                EPOCH  STEP   ACCURACY       LOSS
                    0     5          -     0.7500

                """)
        #expect(
            table.rendered(scored, width: 80, style: .plain) == """
                   10  1000      0.800     0.5000

                """)
    }

    @Test("an evaluation")
    func evaluation() {
        let evaluation = Evaluation(
            job: 7, data: .test, checkpoint: .init(id: 12, step: 1500), samples: 360, loss: 0.25,
            metrics: ["accuracy": 0.93], weightsDigest: "abcd")
        #expect(
            EvaluationCard.rendered(evaluation, width: 80, style: .plain) == """
                job 7 on its test data
                  samples     360
                  loss        0.2500
                  accuracy    0.930
                  checkpoint  12 at step 1500
                  weights     abcd

                """)
    }

    @Test("an evaluation with a confusion matrix has a table of it")
    func confusionMatrix() {
        let evaluation = Evaluation(
            job: 7, data: .test, checkpoint: .init(id: 12, step: 1500), samples: 130, loss: 0.25,
            metrics: ["f1": 0.93], confusionMatrix: [[100, 5], [0, 25]], weightsDigest: "abcd")
        #expect(
            EvaluationCard.rendered(evaluation, width: 80, style: .plain) == """
                job 7 on its test data
                  samples     130
                  loss        0.2500
                  f1          0.9300
                  checkpoint  12 at step 1500
                  weights     abcd

                LABEL  AS 0  AS 1
                    0   100     5
                    1     0    25

                """)
    }

    @Test("the daemon")
    func daemon() {
        let daemon = DaemonInfo(
            version: "0.1.0", pid: 42, stateDirectory: "/var/lib/nnd", socket: "/run/nnd/nnd.sock",
            startedAt: Samples.ago(7200), instructionSet: "avx512_core", cores: 2, running: 1, queued: 3,
            listen: "127.0.0.1:8080")
        #expect(
            DaemonCard.rendered(daemon, now: Samples.now, width: 80, style: .plain) == """
                nnd 0.1.0 is running
                  pid     42
                  since   2h ago
                  socket  /run/nnd/nnd.sock
                  tcp     127.0.0.1:8080
                  state   /var/lib/nnd
                  cores   2, avx512_core
                  jobs    1 running, 3 queued

                """)
    }
}
