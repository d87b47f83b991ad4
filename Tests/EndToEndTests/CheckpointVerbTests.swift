import Control
import Foundation
import Testing

@Suite("nnctl checkpoints", .serialized, .timeLimit(.minutes(15)))
struct CheckpointVerbTests {
    @Test("list and show tell what there is, as text and as JSON")
    func listAndShow() async throws {
        try await Sandbox.with { sandbox in
            try await sandbox.daemon { _, client in
                let all = try await client.stoppedDigits()
                let newest = all[0]
                for words in [["checkpoints", "digits"], ["checkpoints", "list", "digits", "--all"]] {
                    let list = try await sandbox.nnctl(words)
                    #expect(list.exit == .code(0), "\(sandbox.logText)")
                    let lines = list.output.split(separator: "\n")
                    #expect(lines.count == all.count + 1 && lines.first?.hasPrefix("ID  BRANCH") == true)
                    #expect(lines.last?.contains(" 100 ") == true)
                    #expect(list.output.contains(newest.weightsDigest))
                }
                let json = try await sandbox.nnctl(["checkpoints", "digits", "--json"])
                #expect(
                    try decode(CheckpointList.self, json.output)
                        == CheckpointList(checkpoints: all, total: all.count))

                let text = try await sandbox.nnctl(["checkpoints", "show", "digits", "\(newest.id)"])
                #expect(text.exit == .code(0) && text.output.hasPrefix("checkpoint \(newest.id)\n"))
                #expect(text.output.contains("parameters, adam.m, adam.v"))
                #expect(text.output.contains("0.weight  [64, 64]\n"))
                let shown = try await sandbox.nnctl([
                    "checkpoints", "show", "digits", "\(newest.id)", "--json",
                ])
                let details = try decode(CheckpointDetails.self, shown.output)
                #expect(details.info == newest && details.buffers == ["parameters", "adam.m", "adam.v"])
                #expect(
                    details.tensors == [
                        .init(name: "0.bias", shape: [64]), .init(name: "0.weight", shape: [64, 64]),
                        .init(name: "1.bias", shape: [10]), .init(name: "1.weight", shape: [64, 10]),
                    ])
                // Three buffers of 4810 values of four bytes, none of which another checkpoint has.
                #expect(newest.bytes == 3 * 4810 * 4 && details.ownBytes == newest.bytes)
            }
        }
    }

    @Test("diff compares two of them tensor by tensor")
    func diff() async throws {
        try await Sandbox.with { sandbox in
            try await sandbox.daemon { _, client in
                let all = try await client.stoppedDigits()
                let (newest, oldest) = (all[0], all[all.count - 1])
                let words = ["checkpoints", "diff", "digits", "\(oldest.id)"]
                let same = try await sandbox.nnctl(words + ["\(oldest.id)"])
                #expect(same.exit == .code(0) && same.output.contains("the weights are equal"))
                let text = try await sandbox.nnctl(words + ["\(newest.id)"])
                #expect(text.exit == .code(0) && text.output.contains("the weights differ"))
                #expect(text.output.split(separator: "\n").count == 2 + 3 * 4)
                let json = try await sandbox.nnctl(words + ["\(newest.id)", "--json"])
                let difference = try decode(CheckpointDifference.self, json.output)
                #expect(difference.first == .init(id: oldest.id, step: 100) && !difference.equalDigests)
                #expect(difference.second == .init(id: newest.id, step: newest.step))
                #expect(difference.tensors.count == 3 * 4)
                for tensor in difference.tensors {
                    #expect(!tensor.equal && tensor.rootMeanSquare > 0)
                    #expect(tensor.largest >= tensor.rootMeanSquare && tensor.largest.isFinite)
                }
            }
        }
    }

    @Test("a pinned checkpoint outlives keep_last until it is unpinned")
    func pins() async throws {
        try await Sandbox.with { sandbox in
            try await sandbox.daemon { _, client in
                let all = try await client.stoppedDigits()
                let oldest = all[all.count - 1].id
                let silent = try await sandbox.nnctl(["checkpoints", "pin", "digits", "\(oldest)"])
                #expect(silent.exit == .code(0) && silent.output.isEmpty)
                #expect(sandbox.logText.contains("checkpoint \(oldest) is pinned\n"))
                let again = try await sandbox.nnctl(["checkpoints", "pin", "digits", "\(oldest)", "--json"])
                #expect(try decode(CheckpointDetails.self, again.output).info.pinned)
                let list = try await sandbox.nnctl(["checkpoints", "digits"])
                #expect(list.output.contains("* \(oldest) "))

                let resumed = try await sandbox.nnctl(
                    ["resume", "digits", "--set", "checkpoint.keep_last=1", "--set", "training.epochs=401"])
                #expect(resumed.exit == .code(0), "\(sandbox.logText)")
                _ = try await client.last(try await client.status(of: "digits").id)
                var left = try await client.checkpoints(of: "digits").checkpoints.map(\.id)
                #expect(left.count == 2 && left.last == oldest)

                let refused = try await sandbox.refusal(of: ["checkpoints", "rm", "digits", "\(oldest)"])
                #expect(refused.exit == .code(64) && refused.sentence.contains("is pinned; unpin it"))
                let unpinned = try await sandbox.nnctl(
                    ["checkpoints", "unpin", "digits", "\(oldest)", "--json"])
                #expect(try !decode(CheckpointDetails.self, unpinned.output).info.pinned)
                let removed = try await sandbox.nnctl(["checkpoints", "rm", "digits", "\(oldest)"])
                #expect(removed.exit == .code(0) && removed.output.isEmpty)
                #expect(sandbox.logText.contains("checkpoint \(oldest) is removed\n"))
                left = try await client.checkpoints(of: "digits").checkpoints.map(\.id)
                #expect(left.count == 1)
                // It is the newest too, and the only one.
                let last = try await sandbox.refusal(of: ["checkpoints", "rm", "digits", "\(left[0])"])
                #expect(last.exit == .code(64) && last.sentence.contains("is the newest whole one of job"))
                #expect(try await client.checkpoints(of: "digits").checkpoints.map(\.id) == left)
            }
        }
    }

    @Test("what cannot be is refused in one sentence, and nothing is lost")
    func refusals() async throws {
        try await Sandbox.with { sandbox in
            try await sandbox.daemon { _, client in
                let all = try await client.stoppedDigits()
                let other = try await client.stoppedDigits(name: "other")
                let (own, foreign) = ("\(all[1].id)", "\(other[1].id)")
                let cases: [(words: [String], code: Int32, sentence: String)] = [
                    (["rm", "digits", "\(all[0].id)"], 64, "is the newest whole one of job"),
                    (["rm", "digits", "99999"], 4, "there is no checkpoint 99999"),
                    (["show", "digits", "99999"], 4, "there is no checkpoint 99999"),
                    (["pin", "digits", "99999"], 4, "there is no checkpoint 99999"),
                    (["rm", "digits", foreign], 4, "checkpoint \(foreign) is of job 2, not of job 1"),
                    (["show", "digits", foreign], 4, "checkpoint \(foreign) is of job 2, not of job 1"),
                    (["pin", "digits", foreign], 4, "checkpoint \(foreign) is of job 2, not of job 1"),
                    (["unpin", "digits", foreign], 4, "checkpoint \(foreign) is of job 2, not of job 1"),
                    (["diff", "digits", own, foreign], 4, "checkpoint \(foreign) is of job 2, not of job 1"),
                    (["diff", "digits", "99999", own], 4, "there is no checkpoint 99999"),
                    (["nobody"], 4, "there is no job named `nobody`"),
                    (["pin", "nobody", own], 4, "there is no job named `nobody`"),
                    (["pin", "digits", "newest"], 64, "newest"),
                    (["pin", "digits", "0"], 64, "expected the id of a checkpoint, found `0`"),
                    (["pin", "digits"], 64, "Missing expected argument"),
                ]
                for (words, code, sentence) in cases {
                    let refused = try await sandbox.refusal(of: ["checkpoints"] + words)
                    #expect(refused.exit == .code(code), "\(words): \(refused.sentence)")
                    #expect(refused.sentence.contains(sentence), "\(words): \(refused.sentence)")
                }
                #expect(try await client.checkpoints(of: "digits").checkpoints == all)
                #expect(try await client.checkpoints(of: "other").checkpoints == other)
            }
        }
    }

    private func decode<Message: Decodable>(_ type: Message.Type, _ text: String) throws -> Message {
        #expect(text.hasSuffix("\n") && text.split(separator: "\n").count == 1)
        return try WireJSON.decode(type, from: Data(text.utf8))
    }
}
