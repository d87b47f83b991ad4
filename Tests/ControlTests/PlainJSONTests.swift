import Control
import Foundation
import TestSupport
import Testing

/// Lists of jobs are written and read without `Codable`; Foundation's encoder and decoder say how.
@Suite("Statuses without Codable")
struct PlainJSONTests {
    private static let texts = [
        "digits", "", "a \"b\" \\ c", "line\nfeed\ttab\r\u{8}\u{C}\u{1}\u{1F}", "grün 数字 🧠", "</script>",
        "\u{7F}",
    ]
    private static let numbers: [Double] = [
        0, -0.0, 1, -1, 0.1, 1e21, 123_456_789.25, 1e-7, .leastNonzeroMagnitude, .greatestFiniteMagnitude,
        1 / 3,
        1e17,
        .infinity, -.infinity, .nan,
    ]
    private static let milliseconds: [Double] = [
        0, -1, 951_782_400_000, 1_770_000_000_123, -11_676_096_000_000, 253_402_300_799_999,
        -62_000_000_000_000,
        4_107_542_399_999,
    ]

    private func status(_ random: inout SplitMix) -> JobStatus {
        func some<Value>(_ values: [Value]) -> Value { values[Int(random.next() % UInt64(values.count))] }
        func maybe<Value>(_ value: Value) -> Value? { random.next() % 3 == 0 ? nil : value }
        func date() -> Date { Date(timeIntervalSince1970: some(Self.milliseconds) / 1000) }
        var status = JobStatus(
            id: Int(random.next() % 1000), name: some(Self.texts), state: some(JobState.allCases),
            reason: maybe(some(Self.texts)), owner: maybe(.init(uid: 1000, name: maybe(some(Self.texts)))),
            held: random.next() % 2 == 0, epoch: 3, totalEpochs: maybe(10), step: Int(random.next() >> 24),
            samples: 16_200, totalSteps: 540, priority: -2, restarts: 1, maxRestarts: 3, workers: 2,
            ranks: maybe(3), shards: 4,
            batchSize: 100, samplesPerSecond: maybe(some(Self.numbers)),
            etaSeconds: maybe(some(Self.numbers)),
            loss: maybe(some(Self.numbers)), weightsDigest: maybe("ab12"),
            lastCheckpoint: maybe(.init(id: 3, step: 108)), createdAt: date(), startedAt: maybe(date()),
            finishedAt: maybe(date()))
        for name in ["accuracy", "val_loss", "val_accuracy", "top_5", "f1"] {
            status.metrics[name] = maybe(some(Self.numbers))
        }
        if let changes = maybe([some(Self.texts), some(Self.texts)]) {
            status.revisions = [.init(number: 1, branch: 2, changes: changes, at: date())]
        }
        return status
    }

    /// Equal, where NaN is NaN.
    private func text(_ message: some Encodable) throws -> String {
        String(decoding: try WireJSON.encoder().encode(message), as: UTF8.self)
    }

    @Test("the bytes are those of the encoder")
    func writing() throws {
        var random = SplitMix(seed: 1)
        for _ in 0..<500 {
            let status = status(&random)
            let list = JobList(jobs: [status, Samples.running, self.status(&random)])
            #expect(String(decoding: try WireJSON.encode(list), as: UTF8.self) == (try text(list)))
            for cursor in ["0123456789abcdef", nil] {
                let update = StatusUpdate(status: status, cursor: cursor)
                #expect(String(decoding: try WireJSON.encode(update), as: UTF8.self) == (try text(update)))
            }
        }
        #expect(String(decoding: try WireJSON.encode(JobList(jobs: [])), as: UTF8.self) == #"{"jobs":[]}"#)
    }

    @Test("what is read is what the decoder reads, also of text that is no longer whole or of another daemon")
    func reading() throws {
        var random = SplitMix(seed: 2)
        for round in 0..<3000 {
            var bytes = try WireJSON.encode(JobList(jobs: [status(&random), status(&random)]))
            // Every third text is whole.
            if round % 3 > 0 {
                let place = Int(random.next() % UInt64(bytes.count))
                let digits = Data("0123456789-+.eE\"\\,:{}[]ntx é".utf8)
                switch round % 6 {
                case 1: bytes[place] = digits[Int(random.next() % UInt64(digits.count))]
                case 2: bytes.insert(digits[Int(random.next() % UInt64(digits.count))], at: place)
                case 4: bytes.remove(at: place)
                default: bytes = bytes.prefix(place)
                }
            }
            // A blank in front leaves it to the decoder.
            let expected = try? WireJSON.decode(JobList.self, from: Data(" ".utf8) + bytes)
            let read = try? WireJSON.decode(JobList.self, from: bytes)
            let (a, b) = (try read.map(text), try expected.map(text))
            #expect(a == b, "\(String(decoding: bytes, as: UTF8.self))")
            var reader = JobListReader()
            while !bytes.isEmpty {
                let size = min(bytes.count, Int(random.next() % 900))
                reader.take(bytes.prefix(size))
                bytes = Data(bytes.dropFirst(size))
            }
            let pieced = try? reader.list()
            #expect(try pieced.map(text) == b)
        }
    }

    @Test("keys in another order, and keys that are not known, are read too")
    func otherDaemon() throws {
        let text = Samples.runningJSON.replacingOccurrences(
            of: #"{"batch_size":100,"#, with: #"{ "new_key": {"a": [1]}, "batch_size": 100, "#)
        #expect(try WireJSON.decode(JobStatus.self, from: Data(text.utf8)) == Samples.running)
    }
}
