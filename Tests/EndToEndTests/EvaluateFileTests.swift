import Control
import Foundation
import Spec
import TestSupport
import Testing

@Suite("nnctl evaluate --data FILE", .serialized, .timeLimit(.minutes(15)))
struct EvaluateFileTests {
    @Test("a table scores as it does as the job's test data, without the training data")
    func table() async throws {
        try await Sandbox.with { sandbox in
            let (train, test) = (
                sandbox.directory.file("train.csv.gz"), sandbox.directory.file("other.csv.gz")
            )
            let files = FileManager.default
            try files.copyItem(atPath: Programs.digits + "/digits-train.csv.gz", toPath: train)
            try files.copyItem(atPath: Programs.digits + "/digits-test.csv.gz", toPath: test)
            try await sandbox.daemon { _, client in
                var request = try DigitsJob.request(epochs: 3)
                request.set = [
                    "training.epochs=3", "data.scale=standardize", "data.train.csv.path=\(train)",
                ]
                _ = try await client.last(try await client.start(request).id)
                let wanted = try await client.evaluate(
                    "digits", EvaluateRequest(data: .test, confusionMatrix: true))
                try files.removeItem(atPath: train)
                let run = try await sandbox.nnctl(["evaluate", "digits", "--data", test, "--json"])
                #expect(run.exit == .code(0), "\(sandbox.logText)")
                let found = try WireJSON.decode(Evaluation.self, from: Data(run.output.utf8))
                #expect(found.data == .file && found.file == test && found.samples == 360)
                #expect(found.loss == wanted.loss && found.metrics == wanted.metrics)
                #expect(found.weightsDigest == wanted.weightsDigest && found.confusionMatrix == nil)
                let matrix = try await client.evaluate(
                    "digits", EvaluateRequest(data: .file, file: test, confusionMatrix: true))
                #expect(matrix.confusionMatrix == wanted.confusionMatrix)
                let card = try await sandbox.nnctl(["evaluate", "digits", "--data", test])
                #expect(card.output.hasPrefix("job 1 on \(test)\n"))

                let unlabelled = try await DigitSamples().csv(in: sandbox)
                let cases: [(words: [String], code: Int32, sentence: String)] = [
                    (["tset"], 64, "nnctl: --data tset: there is no such file; did you mean `test`?\n"),
                    ([test + "x"], 65, "nnctl: \(test)x: there is no such file\n"),
                    (
                        [unlabelled], 65,
                        "nnctl: \(unlabelled):1: there is no column 64 for the label; the 64 columns count from 0 to 63\n"
                    ),
                    (["test", "--labels", test], 64, "nnctl: --labels is for the file of --data FILE.\n"),
                ]
                for (words, code, sentence) in cases {
                    let refused = try await sandbox.refusal(of: ["evaluate", "digits", "--data"] + words)
                    #expect(refused.exit == .code(code) && refused.sentence == sentence, "\(refused)")
                }
                let needless = try await sandbox.refusal(
                    of: ["evaluate", "digits", "--data", test, "--labels", test])
                #expect(needless.exit == .code(64) && needless.sentence.contains("leave them out"))
            }
        }
    }

    @Test("pictures score by their folders, and pairs of arrays with the file of their labels")
    func others() async throws {
        try await Sandbox.with { sandbox in
            let folder = Fixture.url("pictures").path
            let arrays = Fixture.url("arrays").path
            let specs = [
                """
                name: flowers
                data: {train: {images: {directory: \(folder), size: [6, 9], channels: 1}}, scale: {divide: 255}}
                model: {input: [1, 6, 9], layers: [flatten, {dense: {units: 3}}]}
                """,
                """
                name: numbers
                data: {train: {npy: {features: \(arrays)/f8_little_rows.npy, labels: \(arrays)/classes.npy}}}
                model: {input: [8], layers: [{dense: {units: 8}}]}
                """,
            ]
            let rest = """

                loss: softmax_cross_entropy
                optimizer: {adam: {learning_rate: 0.01}}
                training: {epochs: 2, batch_size: 4}
                """
            try await sandbox.daemon { _, client in
                for spec in specs {
                    let job = try await client.start(
                        StartRequest(spec: SpecText(spec + rest), baseDirectory: "/")
                    ).id
                    let end = try await client.last(job)
                    #expect(end.state == .succeeded, "\(end.reason ?? "")")
                }
                let files = [
                    "flowers": ["--data", folder],
                    "numbers": [
                        "--data", "\(arrays)/f8_little_rows.npy", "--labels", "\(arrays)/classes.npy",
                    ],
                ]
                for (name, words) in files {
                    let wanted = try await client.evaluate(name, EvaluateRequest(data: .train))
                    let run = try await sandbox.nnctl(["evaluate", name, "--json"] + words)
                    #expect(run.exit == .code(0), "\(sandbox.logText)")
                    let found = try WireJSON.decode(Evaluation.self, from: Data(run.output.utf8))
                    #expect(found.loss == wanted.loss && found.metrics == wanted.metrics)
                }
                let alone = try await sandbox.refusal(
                    of: ["evaluate", "numbers", "--data", "\(arrays)/f8_little_rows.npy"])
                #expect(alone.exit == .code(64) && alone.sentence.contains("`--labels`"))
            }
        }
    }
}
