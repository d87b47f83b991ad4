import Control
import Foundation
import Glibc
import Spec
import TestSupport
import Testing

/// Promise 2 in short; `Benchmarks/torture` kills 500 times, over every optimizer.
@Suite("Killed again and again", .serialized)
struct TortureTests {
    @Test("nothing that was committed is lost, and the bits are the same", .timeLimit(.minutes(2)))
    func kills() async throws {
        let expected = try await Sandbox.with { sandbox in
            try await sandbox.daemon { _, client in
                try await client.last(try await client.start(try Self.request()).id).weightsDigest
            }
        }
        try await Sandbox.with { sandbox in
            var last: CheckpointInfo?
            for kill in 0..<10 {
                last = try await sandbox.daemon { process, client in
                    let job = kill == 0 ? try await client.start(try Self.request()).id : 1
                    try await expectNothingLost(client, job, since: last)
                    // Every kill a little later into the commits that follow the first one it sees.
                    let reached = (last?.step ?? 0) + 3 * kill
                    let status = try await client.first(job) { ($0.lastCheckpoint?.step ?? 0) > reached }
                    try #require(status.state == .running, "the job is too short to be killed so often")
                    let seen = try await client.checkpoints(of: "\(job)").checkpoints.first
                    process.send(SIGKILL)
                    #expect(await process.ended == .signal(SIGKILL))
                    return seen
                }
            }
            try await sandbox.daemon { _, client in
                try await expectNothingLost(client, 1, since: last)
                let end = try await client.last(1)
                #expect(end.state == .succeeded && end.weightsDigest == expected, "\(end.reason ?? "")")
            }
        }
    }

    /// A checkpoint that was seen is there, or newer ones in its place.
    private func expectNothingLost(_ client: Client, _ job: Int, since seen: CheckpointInfo?) async throws {
        guard let seen else { return }
        let checkpoints = try await client.checkpoints(of: "\(job)").checkpoints
        let newest = try #require(checkpoints.first)
        #expect(newest.step >= seen.step)
        if let same = checkpoints.first(where: { $0.id == seen.id }) {
            #expect(same.step == seen.step && same.weightsDigest == seen.weightsDigest)
        } else {
            #expect(checkpoints.count { $0.id > seen.id } >= 2)
        }
    }

    /// Dropout, batch norm, the average of the weights, a schedule and a watched metric, and a commit every 2 steps.
    private static func request() throws -> StartRequest {
        let text = """
            name: torture
            data:
              train: {csv: {path: digits-train.csv.gz, label: "64", header: false}}
              validation: {fraction: 0.1}
              scale: {divide: 16}
            model:
              input: [64]
              layers:
                - dense: {units: 24, activation: relu}
                - batch_norm
                - dropout: {rate: 0.2}
                - dense: {units: 10}
            loss: softmax_cross_entropy
            optimizer: amsgrad
            schedule: {reduce_on_plateau: {metric: val_loss, patience: 1, factor: 0.5}}
            training:
              epochs: 40
              batch_size: 32
              ema: {decay: 0.99}
              early_stopping: {metric: val_loss, patience: 1000}
            checkpoint: {every_steps: 2, keep_last: 2}
            """
        return StartRequest(
            spec: SpecText(text), file: "torture.yaml", baseDirectory: Programs.digits, workers: .count(1))
    }
}
