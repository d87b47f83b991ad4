import Control
import Foundation
import Glibc
import Spec
import TestSupport
import Testing

@Suite("Predictions", .serialized, .timeLimit(.minutes(15)))
struct PredictTests {
    @Test("agree with the evaluation, and to the last bit whatever the input is written in")
    func digits() async throws {
        try await Sandbox.with { sandbox in
            try await sandbox.daemon { _, client in
                let job = try await client.start(try DigitsJob.request(epochs: 30)).id
                _ = try await client.last(job)
                let score = try await client.evaluate("digits", EvaluateRequest(data: .test))
                let digits = try await DigitSamples()

                let csv = try digits.csv(in: sandbox)
                let answer = try await sandbox.nnctl(["predict", "digits", "--input", csv, "--json"])
                #expect(answer.exit == .code(0))
                let predictions = try #require(try JSON(Data(answer.output.utf8))["predictions"]?.array)
                let classes = predictions.compactMap { $0["class"]?.number }
                let right = zip(classes, digits.labels).count { $0 == Double($1) }
                #expect(classes.count == 360 && score.samples == 360)
                #expect(Double(right) / 360 == score.metrics["accuracy"])
                for prediction in predictions {
                    let probabilities = try #require(prediction["probabilities"]?.array).compactMap(\.number)
                    #expect(probabilities.count == 10 && abs(probabilities.reduce(0, +) - 1) < 1e-5)
                    #expect(
                        prediction["class"]?.number
                            == probabilities.firstIndex(of: probabilities.max() ?? 0).map {
                                Double($0)
                            })
                }

                let inputs = try [
                    Programs.digits + "/digits-test.csv.gz", csv, digits.npy(in: sandbox),
                    digits.idx(in: sandbox), digits.pictures(in: sandbox),
                ]
                var answers: [Data] = []
                for (index, input) in inputs.enumerated() {
                    let output = sandbox.directory.file("out\(index).npy")
                    let run = try await sandbox.nnctl(["predict", "digits", "-i", input, "-o", output])
                    #expect(run.exit == .code(0), "\(input)")
                    answers.append(try Data(contentsOf: URL(filePath: output)))
                }
                // NumPy's header has 128 bytes at most; behind it are 360 x 10 numbers of four bytes.
                #expect(answers[0].count == 128 + 360 * 10 * 4)
                #expect(answers.allSatisfy { $0 == answers[0] })
                let numbers = answers[0].dropFirst(128).withUnsafeBytes {
                    Array($0.bindMemory(to: Float.self))
                }
                let written = predictions.flatMap { $0["probabilities"]?.array ?? [] }.compactMap(\.number)
                #expect(numbers == written.map { Float($0) })

                // A part has the bits of the whole, and one picture alone is the same digit.
                let part = try await sandbox.nnctl(
                    ["predict", "digits", "-i", inputs[2], "--limit", "257", "--format", "ndjson"])
                let lines = part.output.split(separator: "\n")
                #expect(lines.count == 257)
                #expect(try lines.map { try JSON(Data($0.utf8)) } == Array(predictions.prefix(257)))
                for most in [Int.max, Int.max - 255, 361] {
                    let all = try await sandbox.nnctl(
                        ["predict", "digits", "-i", csv, "--json", "--limit", "\(most)"])
                    #expect(all.exit == .code(0) && all.output == answer.output, "\(most)")
                }
                let one = try await sandbox.nnctl(["predict", "digits", "-i", inputs[4] + "/007.png"])
                #expect(one.output.hasPrefix("SAMPLE  CLASS  PROBABILITY\n     0      \(Int(classes[7]))  "))
            }
        }
    }

    @Test("of a job that trains, from any checkpoint, and what is refused")
    func running() async throws {
        try await Sandbox.with { sandbox in
            let digits = try await DigitSamples()
            let input = try digits.csv(in: sandbox)
            try await sandbox.daemon { _, client in
                var request = try DigitsJob.request(epochs: 1_000_000, workers: 1)
                request.set = ["training.epochs=1000000", "checkpoint={every_steps: 1000000000}"]
                let job = try await client.start(request).id
                _ = try await client.first(job) { $0.step > 0 }
                let early = try await sandbox.refusal(of: ["predict", "digits", "-i", input])
                #expect(early.exit == .code(4))
                #expect(early.sentence == "nnctl: Job `digits` has no checkpoint yet; take one first.\n")

                let first = try #require(try await client.checkpoint("digits").lastCheckpoint)
                _ = try await client.first(job) { $0.step > first.step + 500 }
                let before = try await sandbox.nnctl(["predict", "digits", "-i", input, "--json"])
                let second = try #require(try await client.checkpoint("digits").lastCheckpoint)
                #expect(second.id != first.id)
                func predict(_ options: [String]) async throws -> String {
                    let run = try await sandbox.nnctl(["predict", "digits", "-i", input, "--json"] + options)
                    #expect(run.exit == .code(0))
                    return run.output
                }
                #expect(try await predict(["--checkpoint", "\(first.id)"]) == before.output)
                #expect(try await predict(["--checkpoint", "\(second.id)"]) != before.output)
                #expect(try await client.status(of: "digits").state == .running)

                let table = sandbox.directory.file("narrow.csv")
                try "1,2,3\n".write(toFile: table, atomically: true, encoding: .utf8)
                let narrow = try await sandbox.refusal(of: ["predict", "digits", "-i", table])
                #expect(narrow.exit == .code(65))
                #expect(
                    narrow.sentence
                        == "nnctl: \(table):1: the line has 3 columns, but `model.input` [64] takes 64, or 65 with the labels\n"
                )
                let missing = try await sandbox.refusal(of: ["predict", "digits", "-i", table + "x"])
                #expect(missing.exit == .code(65))
                #expect(missing.sentence == "nnctl: \(table)x: there is no such file\n")
                let taken = try await sandbox.refusal(
                    of: ["predict", "digits", "-i", input, "-o", table, "--format", "csv"])
                #expect(taken.exit == .code(73))
                let nobody = try await sandbox.refusal(of: ["predict", "digit", "-i", input])
                #expect(nobody.exit == .code(4))
            }
        }
    }

    @Test("numbers, scaled as in training, without the training data")
    func regression() async throws {
        try await Sandbox.with { sandbox in
            let points = (0..<300).map { i in (Double(i % 17) * 100, Double(i % 23) / 50) }
            let rows = points.map { "\($0),\($1),\($0 / 400 - 3 * $1)\n" }.joined()
            let (train, test) = (sandbox.directory.file("train.csv"), sandbox.directory.file("test.csv"))
            try ("a,b,y\n" + rows).write(toFile: train, atomically: true, encoding: .utf8)
            // The same table, whose columns stand in another order.
            let turned = points.map { "\($0.1),\($0.0 / 400 - 3 * $0.1),\($0.0)\n" }.joined()
            try ("b,y,a\n" + turned).write(toFile: test, atomically: true, encoding: .utf8)
            let renamed = sandbox.directory.file("renamed.csv")
            try ("a,c\n1,2\n").write(toFile: renamed, atomically: true, encoding: .utf8)
            let spec = """
                name: line
                data: {train: {csv: {path: \(train), label: y}}, test: {csv: {path: \(test), label: y}}, scale: standardize}
                model: {input: [2], layers: [{dense: {units: 1}}]}
                loss: mean_squared_error
                optimizer: {sgd: {learning_rate: 0.01}}
                training: {epochs: 3, batch_size: 30}
                """
            try await sandbox.daemon { _, client in
                let job = try await client.start(
                    StartRequest(spec: SpecText(spec), baseDirectory: sandbox.directory.path)
                ).id
                _ = try await client.last(job)
                let loss = try await client.evaluate("line", EvaluateRequest(data: .test)).loss
                #expect(try await client.evaluate("line", EvaluateRequest(data: .train)).loss == loss)
                let stranger = try await sandbox.refusal(of: ["predict", "line", "-i", renamed])
                #expect(stranger.exit == .code(65))
                #expect(
                    stranger.sentence
                        == "nnctl: \(renamed):1: column \"c\": the training data has no such column; its features are \"a\", \"b\" with the label \"y\"\n"
                )
                try FileManager.default.removeItem(atPath: train)
                let run = try await sandbox.nnctl(["predict", "line", "-i", test, "--format", "csv"])
                #expect(run.exit == .code(0))
                let lines = run.output.split(separator: "\n")
                #expect(lines.first == "value_0" && lines.count == 301)
                let errors = zip(lines.dropFirst(), points).compactMap { line, point in
                    Double(line).map { $0 - (point.0 / 400 - 3 * point.1) }
                }
                let mean = errors.reduce(0) { $0 + $1 * $1 } / 300
                #expect(errors.count == 300 && abs(mean / loss - 1) < 1e-4)
            }
        }
    }

    @Test("of a folder of pictures, with the files and the names of the classes")
    func pictures() async throws {
        try await Sandbox.with { sandbox in
            let folder = Fixture.url("pictures").path
            let source = "{images: {directory: \(folder), size: [6, 9], channels: 1}}"
            let spec = """
                name: flowers
                data: {train: \(source), test: \(source), scale: {divide: 255}}
                model: {input: [1, 6, 9], layers: [flatten, {dense: {units: 3}}]}
                loss: softmax_cross_entropy
                optimizer: {adam: {learning_rate: 0.01}}
                training: {epochs: 20, batch_size: 4}
                """
            try await sandbox.daemon { _, client in
                let job = try await client.start(StartRequest(spec: SpecText(spec), baseDirectory: "/")).id
                #expect(try await client.last(job).state == .succeeded)
                let score = try await client.evaluate("flowers", EvaluateRequest(data: .test))
                let run = try await sandbox.nnctl(["predict", "flowers", "-i", folder, "--format", "ndjson"])
                let lines = try run.output.split(separator: "\n").map { try JSON(Data($0.utf8)) }
                let names = ["Tulip, wild", "rose", "tulip"]
                #expect(
                    lines.map { $0["file"]?.string } == [
                        "Tulip, wild/alpha.png", "Tulip, wild/bits.png", "rose/a.png", "rose/b.jpg",
                        "rose/c.JPEG",
                        "tulip/grey.jpg", "tulip/grey.png", "tulip/palette.png",
                    ])
                for line in lines {
                    #expect(line["name"]?.string == names[Int(line["class"]?.number ?? -1)])
                }
                let matrix = try await sandbox.nnctl(["confusion", "flowers", "--json"])
                let told = try #require(try JSON(Data(matrix.output.utf8))["classes"]?.array)
                #expect(told.map { $0["name"]?.string } == names)
                let right = lines.count {
                    $0["file"]?.string?.split(separator: "/").first.map(String.init) == $0["name"]?.string
                }
                #expect(Double(right) / 8 == score.metrics["accuracy"])
            }
        }
    }

    @Test("two classes by one output, and a class for each position of a sequence")
    func otherTargets() async throws {
        try await Sandbox.with { sandbox in
            let path = sandbox.directory.file("bits.csv")
            let rows = (0..<64).map { i in [i & 1, i >> 1 & 1, i >> 2 & 1, i >> 3 & 1] }
            try rows.map { r in (r + r.reversed() + [r[0]]).map(String.init).joined(separator: ",") + "\n" }
                .joined().write(toFile: path, atomically: true, encoding: .utf8)
            func spec(_ name: String, _ label: String, _ rest: String) -> StartRequest {
                let source = "{csv: {path: \(path), label: \(label), header: false}}"
                return StartRequest(
                    spec: SpecText(
                        "name: \(name)\ndata: {train: \(source), test: \(source)}\n\(rest)\n"
                            + "optimizer: {adam: {learning_rate: 0.05}}\ntraining: {epochs: 5, batch_size: 16}"
                    ),
                    baseDirectory: sandbox.directory.path)
            }
            try await sandbox.daemon { _, client in
                let binary = try await client.start(
                    spec(
                        "binary", "8",
                        "model: {input: [8], layers: [{dense: {units: 1}}]}\nloss: binary_cross_entropy")
                ).id
                let sequence = try await client.start(
                    spec(
                        "sequence", "[4, 5, 6, 7, 8]",
                        "model: {input: [4, 1], layers: [{lstm: {units: 4}}, {flatten: {}}, {dense: {units: 10}}, "
                            + "{reshape: {shape: [5, 2]}}]}\nloss: softmax_cross_entropy")
                ).id
                for job in [binary, sequence] { #expect(try await client.last(job).state == .succeeded) }

                for (job, labels) in [("binary", [8]), ("sequence", [4, 5, 6, 7, 8])] {
                    let accuracy = try #require(
                        try await client.evaluate(job, EvaluateRequest(data: .test)).metrics["accuracy"])
                    let run = try await sandbox.nnctl(["predict", job, "-i", path, "--json"])
                    let predictions = try #require(try JSON(Data(run.output.utf8))["predictions"]?.array)
                    var right = 0
                    for (row, prediction) in zip(rows, predictions) {
                        let wanted = labels.map { label in (row + row.reversed() + [row[0]])[label] }
                        let found = prediction["classes"]?.array ?? [prediction["class"] ?? .null]
                        right += zip(wanted, found).count { Double($0) == $1.number }
                        let lists = job == "binary" ? [prediction] : prediction["probabilities"]?.array ?? []
                        #expect(lists.count == labels.count)
                        for list in lists {
                            let numbers = (list["probabilities"] ?? list).array?.compactMap(\.number) ?? []
                            #expect(numbers.count == 2 && abs(numbers.reduce(0, +) - 1) < 1e-6)
                        }
                    }
                    #expect(Double(right) / Double(64 * labels.count) == accuracy)
                }
            }
        }
    }

    @Test("of a verb that a signal ends nothing stays", arguments: [SIGINT, SIGTERM, SIGKILL])
    func interrupted(_ signal: Int32) async throws {
        try await Sandbox.with { sandbox in
            let input = try await DigitSamples().csv(in: sandbox)
            let folder = sandbox.directory.file("out")
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            try await sandbox.daemon { daemon, client in
                _ = try await client.last(try await client.start(try DigitsJob.request(epochs: 1)).id)
                // So that there is no answer, and the file is being written for as long as it takes.
                daemon.send(SIGSTOP)
                defer { daemon.send(SIGCONT) }
                for verb in [["predict", "digits", "-i", input], ["export", "digits"]] {
                    let ending = verb[0] == "export" ? ".npz" : ".npy"
                    let process = try ChildProcess(
                        Programs.nnctl,
                        verb + ["-o", folder + "/x" + ending, "--socket", sandbox.socket.path],
                        capturing: STDOUT_FILENO, errors: sandbox.log)
                    try await process.untilItHasOpen(folder)
                    process.send(signal)
                    #expect(await process.ended == .signal(signal))
                    #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
                }
            }
        }
    }
}

extension ChildProcess {
    /// Returns when the process has a file open in the folder, with a name or without.
    fileprivate func untilItHasOpen(_ folder: String) async throws {
        let end = ContinuousClock.now + .seconds(60)
        let descriptors = "/proc/\(pid)/fd"
        while ContinuousClock.now < end {
            let open = (try? FileManager.default.contentsOfDirectory(atPath: descriptors)) ?? []
            let paths = open.compactMap {
                try? FileManager.default.destinationOfSymbolicLink(atPath: "\(descriptors)/\($0)")
            }
            if paths.contains(where: { $0.hasPrefix(folder + "/") }) { return }
            await Task.yield()
        }
        Issue.record("no file is open in \(folder)")
    }
}
