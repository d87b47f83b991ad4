import Control
import Foundation
import Glibc
import TestSupport
import Testing

@Suite("nnctl verify", .serialized, .timeLimit(.minutes(15)))
struct VerifyTests {
    @Test("stretches come to their checkpoints again, with any number of workers, and the job is left alone")
    func stretches() async throws {
        try await Sandbox.with { sandbox in
            try await sandbox.daemon { _, client in
                let checkpoints = try await client.stoppedDigits()
                let at = { (step: Int) in try #require(checkpoints.first { $0.step == step }).id }
                let (first, second, third) = (try at(100), try at(200), try at(300))
                let before = try await client.status(of: "digits")
                for (from, to, workers) in [("start", second, "2"), ("\(first)", third, "1")] {
                    let result = try await sandbox.nnctl(
                        ["verify", "digits", "--from", from, "--to", "\(to)", "--workers", workers])
                    #expect(result.exit == .code(0), "\(sandbox.logText)")
                    #expect(result.output.hasPrefix("equal: steps "))
                    #expect(result.output.contains("come to checkpoint \(to) bit for bit"))
                }
                #expect(sandbox.logText.contains("from 100 to 300"))
                let json = try await sandbox.nnctl(
                    ["verify", "digits", "--from", "\(second)", "--to", "\(third)", "--json"])
                let update = try WireJSON.decode(VerifyUpdate.self, from: Data(json.output.utf8))
                guard case .comparison(let comparison) = update else { throw UpdatesEnded() }
                #expect(comparison.equal && comparison.from?.step == 200 && comparison.to.step == 300)

                let backwards = try await sandbox.nnctl(
                    ["verify", "digits", "--from", "\(second)", "--to", "\(first)"])
                #expect(backwards.exit == .code(64) && sandbox.logText.contains("is not after step 200"))
                let whole = try await sandbox.nnctl(["verify", "digits"])
                #expect(whole.exit == .code(0))
                let lines = whole.output.split(separator: "\n")
                #expect(lines.count == checkpoints.count && lines.allSatisfy { $0.hasSuffix(": whole") })
                #expect(lines.last == "checkpoint \(first), step 100: whole")
                #expect(try await client.status(of: "digits") == before)
                #expect(try await client.checkpoints(of: "digits").checkpoints == checkpoints)
            }
        }
    }

    @Test("a stretch across a change of the spec is refused, one on either side is verified")
    func revisions() async throws {
        try await Sandbox.with { sandbox in
            try await sandbox.daemon { _, client in
                let checkpoints = try await client.stoppedDigits()
                let at = { (step: Int) in try #require(checkpoints.first { $0.step == step }).id }
                let (first, second) = (try at(100), try at(200))
                let change = "optimizer.adam.learning_rate=1e-4"
                let job = try await client.resume("digits", from: second, set: [change]).id
                let stopped = try await client.first(job) { $0.lastCheckpoint?.step ?? 0 >= 300 }
                #expect(stopped.revisions.count == 1)
                // The job goes on running meanwhile.
                let third = try #require(
                    try await client.checkpoints(of: "digits").checkpoints.last { $0.branch == 2 })
                #expect(third.step == 300)
                let across = try await sandbox.nnctl(
                    ["verify", "digits", "--from", "\(first)", "--to", "\(third.id)"])
                #expect(across.exit == .code(64))
                #expect(sandbox.logText.contains("was changed at step 200, where branch 2 begins"))
                for (from, to) in [(first, second), (second, third.id)] {
                    let side = try await sandbox.nnctl([
                        "verify", "digits", "--from", "\(from)", "--to", "\(to)",
                    ])
                    #expect(side.exit == .code(0), "\(sandbox.logText)")
                }
                let old = try #require(checkpoints.first { $0.step == 300 })
                let apart = try await sandbox.nnctl(
                    ["verify", "digits", "--from", "\(old.id)", "--to", "\(third.id)"])
                #expect(apart.exit == .code(64))
            }
        }
    }

    @Test("a damaged checkpoint is named with its damage, and where the job can go on")
    func damage() async throws {
        try await Sandbox.with { sandbox in
            let checkpoints = try await sandbox.daemon { process, client in
                let checkpoints = try await client.stoppedDigits()
                process.send(SIGTERM)
                _ = await process.ended
                return checkpoints
            }
            // A daemon that begins moves what is in the write-ahead log to the file.
            try await sandbox.daemon { _, _ in }
            let (newest, older) = (checkpoints[0], checkpoints[1])
            let path = sandbox.state + "/nnd.sqlite"
            // What the disk could do to the row: another digest of the same weights.
            var bytes = try Data(contentsOf: URL(filePath: path))
            let digit = UInt8(ascii: newest.weightsDigest.hasPrefix("0") ? "1" : "0")
            var places = 0
            while let place = bytes.range(of: Data(newest.weightsDigest.utf8)) {
                bytes[place.lowerBound] = digit
                places += 1
            }
            try #require(places > 0)
            try bytes.write(to: URL(filePath: path))
            try await sandbox.daemon { _, client in
                let result = try await sandbox.nnctl(["verify", "digits"])
                #expect(result.exit == .code(1), "\(sandbox.logText)")
                let lines = result.output.split(separator: "\n").map(String.init)
                #expect(
                    lines.first?.hasPrefix("checkpoint \(newest.id), step \(newest.step): checkpoint") == true
                )
                #expect(lines.first?.contains("is damaged") == true)
                #expect(
                    lines.last
                        == "1 of \(checkpoints.count) checkpoints is damaged; job digits can go on from "
                        + "checkpoint \(older.id) at step \(older.step)")
                #expect(try await client.health() == Health())
            }
        }
    }
}
