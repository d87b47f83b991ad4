import Control
import Foundation
import Spec
import TestSupport
import Testing

@Suite(
    "Weights for other programs", .serialized, .timeLimit(.minutes(15)),
    .enabled(if: InteropPython.isInstalled, "make interop-tools installs what reads them"))
struct ExportTests {
    private func python(_ script: String, _ arguments: [String]) throws -> JSON {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        return try JSON(InteropPython.run(folder.appending(path: script), arguments))
    }

    /// A batch norm and an average of the weights, so that there is more than parameters.
    private static let net =
        "model={input: [64], layers: [dense: {units: 24}, batch_norm: {}, relu: {}, dense: {units: 10}]}"

    @Test("safetensors and NPZ load with their own libraries, and what they hold has the job's digest")
    func digests() async throws {
        try await Sandbox.with { sandbox in
            try await sandbox.daemon { _, client in
                var request = try DigitsJob.request(epochs: 2)
                request.set = ["training.epochs=2", Self.net, "training.ema={decay: 0.9}"]
                let status = try await client.last(try await client.start(request).id)
                let digest = try #require(status.weightsDigest)
                for format in ["safetensors", "npz"] {
                    let file = sandbox.directory.file("w.\(format)")
                    #expect(try await sandbox.nnctl(["export", "digits", "-o", file]).exit == .code(0))
                    let read = try python("read_weights.py", [file])
                    #expect(read["digest"]?.string == digest && read["types"] == .array([.string("float32")]))
                    #expect(read["shapes"]?["0.weight"] == .array([.number(64), .number(24)]))
                    #expect(read["shapes"]?["1.running_var"] == .array([.number(24)]))
                    let notes = format == "npz" ? JSON.object(["scale.divisor": .number(16)]) : .object([:])
                    #expect(read["scaling"] == notes)
                    #expect(read["shapes"]?.object?.count == 8 + (notes.object?.count ?? 0))
                    if format == "safetensors" {
                        let said = read["metadata"]
                        #expect(said?["weights_digest"]?.string == digest)
                        #expect(said?["job"]?.string == "digits" && said?["layout"]?.string == "native")
                        #expect(said?["scaling"]?.string == #"{"divide":16.0}"#)
                        #expect(said?["step"]?.string == "\(status.step)")
                    }
                }
                let averaged = sandbox.directory.file("averaged.npz")
                let exported = try await sandbox.nnctl(
                    ["export", "digits", "--weights", "averaged", "-o", averaged, "--json"])
                #expect(try JSON(Data(exported.output.utf8))["path"]?.string == averaged)
                #expect(try python("read_weights.py", [averaged])["digest"]?.string != digest)
                // To standard output, where it is no terminal.
                let piped = try await sandbox.nnctl(["export", "digits", "--format", "npz", "-o", "-"])
                #expect(piped.exit == .code(0) && piped.output.hasPrefix("PK"))
            }
        }
    }

    @Test("what is exported trains on from the same weights, in both layouts and both formats")
    func roundTrip() async throws {
        try await Sandbox.with { sandbox in
            try await sandbox.daemon { _, client in
                let nets = [
                    "dense": Self.net,
                    "lstm": "model={input: [8, 8], layers: [lstm: {units: 9}, dense: {units: 10}]}",
                    "table": """
                    model={input: [64], layers: [embedding: {vocabulary: 17, size: 3, padding: 0}, flatten: {}, \
                    dense: {units: 10}]}
                    """,
                ]
                for (name, net) in nets.sorted(by: { $0.key < $1.key }) {
                    var request = try DigitsJob.request()
                    request.name = name
                    let scale = name == "table" ? "data.scale=none" : "data.scale=standardize"
                    request.set = ["training.epochs=1", net, scale]
                    let trained = try await client.last(try await client.start(request).id)
                    for (layout, format) in [
                        ("native", "safetensors"), ("native", "npz"), ("pytorch", "safetensors"),
                        ("pytorch", "npz"),
                    ] {
                        let file = sandbox.directory.file("\(name)-\(layout).\(format)")
                        let exported = try await sandbox.nnctl([
                            "export", name, "--layout", layout, "-o", file,
                        ])
                        #expect(exported.exit == .code(0), "\(sandbox.logText)")
                        // An NPZ file cannot say what its layout is.
                        let weights =
                            format == "npz" && layout == "pytorch" ? "{path: \(file), layout: pytorch}" : file
                        var again = request
                        again.name = "\(name)-\(layout)-\(format)"
                        // Steps that change nothing.
                        again.set = [
                            "training={steps: 1, batch_size: 32}", net, scale,
                            "model.initial_weights=\(weights)",
                            "optimizer={sgd: {learning_rate: 1e-300}}",
                        ]
                        let same = try await client.last(try await client.start(again).id)
                        #expect(same.weightsDigest == trained.weightsDigest, "\(again.name ?? "")")
                    }
                }
            }
        }
    }

    @Test("what samples are scaled by is in the file, as it was fitted on the training samples")
    func scaling() async throws {
        try await Sandbox.with { sandbox in
            try "1,10,0\n3,10,1\n5,10,0\n7,10,1\n".write(
                toFile: sandbox.directory.file("points.csv"), atomically: true, encoding: .utf8)
            let spec = """
                name: points
                data: {train: {csv: {path: points.csv, label: "2", header: false}}, scale: standardize}
                model: {input: [2], layers: [{dense: {units: 2}}]}
                loss: softmax_cross_entropy
                optimizer: {sgd: {learning_rate: 0.1}}
                training: {steps: 3, batch_size: 4}
                """
            try await sandbox.daemon { _, client in
                let request = StartRequest(spec: SpecText(spec), baseDirectory: sandbox.directory.path)
                #expect(try await client.last(try await client.start(request).id).state == .succeeded)
                // The variance of 1, 3, 5, 7 is 5; what is constant has a deviation of 0.
                for format in ["npz", "safetensors"] {
                    let file = sandbox.directory.file("points.\(format)")
                    #expect(try await sandbox.nnctl(["export", "points", "-o", file]).exit == .code(0))
                    let read = try python("read_weights.py", [file])
                    let text = read["metadata"]?["scaling"]?.string
                    let said = try text.map { try JSON(Data($0.utf8))["standardize"] } ?? nil
                    let mean = format == "npz" ? read["scaling"]?["scale.mean"] : said?["mean"]
                    let deviation = format == "npz" ? read["scaling"]?["scale.deviation"] : said?["deviation"]
                    #expect(mean == .array([.number(4), .number(10)]))
                    let found = deviation?.array?.compactMap(\.number) ?? []
                    #expect(found.count == 2 && abs((found.first ?? 0) - 5.0.squareRoot()) < 1e-6)
                    #expect(found.last == 0)
                }
            }
        }
    }

    @Test(
        "onnxruntime predicts raw data as `nnctl predict` and scores it as `evaluate`, without the training data",
        arguments: [
            (
                "mlp",
                "model={input: [64], layers: [dense: {units: 24, activation: relu}, dense: {units: 10}]}"
            ),
            (
                "conv",
                """
                model={input: [1, 8, 8], layers: [conv2d: {filters: 6, kernel: 3, padding: same}, batch_norm: {}, relu: {}, \
                max_pool2d: {size: 2}, flatten: {}, dense: {units: 10}]}
                """
            ), ("lstm", "model={input: [8, 8], layers: [lstm: {units: 16}, dense: {units: 10}]}"),
        ])
    func onnx(name: String, net: String) async throws {
        try await Sandbox.with { sandbox in
            let train = sandbox.directory.file("train.csv.gz")
            try FileManager.default.copyItem(atPath: Programs.digits + "/digits-train.csv.gz", toPath: train)
            try await sandbox.daemon { _, client in
                var request = try DigitsJob.request()
                request.name = name
                request.set = [
                    "training.epochs=3", net, "data.scale=standardize", "training.ema={decay: 0.8}",
                    "data.train.csv.path=\(train)",
                ]
                let status = try await client.last(try await client.start(request).id)
                #expect(status.state == .succeeded, "\(status.reason ?? "")")
                let ours = try await client.evaluate(name, EvaluateRequest(data: .test))
                try FileManager.default.removeItem(atPath: train)
                let file = sandbox.directory.file("net.onnx")
                let exported = try await sandbox.nnctl(["export", name, "-o", file])
                #expect(exported.exit == .code(0), "\(sandbox.logText)")
                let (test, predictions) = (
                    Programs.digits + "/digits-test.csv.gz", sandbox.directory.file("p.npy")
                )
                let predicted = try await sandbox.nnctl(["predict", name, "--input", test, "-o", predictions])
                #expect(predicted.exit == .code(0), "\(sandbox.logText)")
                let theirs = try python("score_onnx.py", [file, test, predictions])
                #expect((theirs["predicted"]?.number ?? 1) < 1e-5)
                #expect(theirs["accuracy"]?.number == ours.metrics["accuracy"])
                let loss = try #require(theirs["loss"]?.number)
                #expect(abs(loss - ours.loss) < 1e-5 * max(1, ours.loss), "\(loss) \(ours.loss)")
                #expect(theirs["opset"] == .number(17) && theirs["input"]?.string == "input")
                #expect(theirs["batch"]?.string == "batch")
                #expect((theirs["alone"]?.number ?? 1) < 1e-5)
                #expect(theirs["metadata"]?["job"]?.string == name)
            }
        }
    }

    @Test("what cannot be exported is refused with a sentence, and leaves no file")
    func refusals() async throws {
        try await Sandbox.with { sandbox in
            try await sandbox.daemon { _, client in
                var request = try DigitsJob.request()
                request.set = [
                    "training={steps: 2, batch_size: 32}",
                    "model={input: [8, 8], layers: [gru: {units: 4, reset: before}, dense: {units: 10}]}",
                ]
                _ = try await client.last(try await client.start(request).id)
                let file = sandbox.directory.file("w.npz")
                func refusal(_ words: String...) async throws -> (ChildProcess.Exit, String) {
                    try await sandbox.refusal(of: ["export"] + words)
                }
                let layout = try await refusal("digits", "-o", file, "--layout", "pytorch")
                #expect(
                    layout.0 == .code(64)
                        && layout.1.contains(
                            "PyTorch does not have a GRU with `reset: before`, as `0` is; export job `digits` "
                                + "with `--layout native`"),
                    "\(layout)")
                let averaged = try await refusal("digits", "-o", file, "--weights", "averaged")
                #expect(averaged.0 == .code(64) && averaged.1.contains("keeps no average"), "\(averaged)")
                let checkpoint = try await refusal("digits", "-o", file, "--checkpoint", "99")
                #expect(checkpoint.0 == .code(4), "\(checkpoint)")
                let nobody = try await refusal("nobody", "-o", file)
                #expect(nobody.0 == .code(4), "\(nobody)")
                let nowhere = try await refusal("digits", "-o", "/nowhere/w.npz")
                #expect(nowhere.0 == .code(73) && nowhere.1.contains("/nowhere/w.npz"), "\(nowhere)")

                try "mine".write(toFile: file, atomically: true, encoding: .utf8)
                let taken = try await refusal("digits", "-o", file)
                #expect(taken.0 == .code(73) && taken.1.contains("--force replaces it"), "\(taken)")
                #expect(try String(contentsOfFile: file, encoding: .utf8) == "mine")
                #expect(
                    try await sandbox.nnctl(["export", "digits", "-o", file, "--force"]).exit == .code(0))
                #expect(try python("read_weights.py", [file])["shapes"]?.object?.count == 6)
                let left = try FileManager.default.contentsOfDirectory(atPath: sandbox.directory.path)
                #expect(!left.contains { $0.hasSuffix(".part") }, "\(left)")
            }
        }
    }
}
