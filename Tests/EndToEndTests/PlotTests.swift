import Control
import Foundation
import TestSupport
import Testing

@Suite("nnctl plot, compare and confusion", .timeLimit(.minutes(15)))
struct PlotTests {
    /// Two jobs that have ended: `first` and `second`, which differ in their optimizers.
    private func withJobs(_ body: (Sandbox, Client) async throws -> Void) async throws {
        try await Sandbox.with { sandbox in
            try await sandbox.daemon { _, client in
                for (name, optimizer) in [("first", "adam"), ("second", "{sgd: {learning_rate: 0.1}}")] {
                    var request = try DigitsJob.request(epochs: 6, workers: 1)
                    request.name = name
                    request.set?.append("optimizer=\(optimizer)")
                    _ = try await client.last(try await client.start(request).id)
                }
                try await body(sandbox, client)
            }
        }
    }

    @Test("pictures are written whole, as what their names say")
    func pictures() async throws {
        try await withJobs { sandbox, _ in
            let svg = sandbox.directory.file("curves.svg")
            #expect(try await sandbox.nnctl(["plot", "first", "second", "-o", svg]).exit == .code(0))
            let text = try String(contentsOfFile: svg, encoding: .utf8)
            #expect(
                text.hasPrefix("<svg ") && text.contains(">first</text>") && text.contains(">second</text>"))
            #expect(text.components(separatedBy: "<polyline").count > 8)
            let (one, three) = (sandbox.directory.file("one.png"), sandbox.directory.file("three.PNG"))
            #expect(try await sandbox.nnctl(["plot", "first", "-o", one, "--scale", "1"]).exit == .code(0))
            #expect(
                try await sandbox.nnctl(["compare", "1", "2", "-o", three, "--scale", "3"]).exit == .code(0))
            let (small, large) = (try PNGPicture(path: one), try PNGPicture(path: three))
            #expect(small.width == 1300 && large.width == 3900)
            // The page, the line of the training data and that of the validation data.
            for color in [0xFFFFFF, 0x114CAA, 0xBD5117] {
                #expect(small.colors[color, default: 0] > 100, "\(String(color, radix: 16))")
            }
            let matrix = sandbox.directory.file("matrix.png")
            #expect(try await sandbox.nnctl(["confusion", "first", "-o", matrix]).exit == .code(0))
            #expect(try PNGPicture(path: matrix).colors.count > 20)
            let left = try FileManager.default.contentsOfDirectory(atPath: sandbox.directory.path)
            #expect(!left.contains { $0.hasSuffix(".part") || $0.hasPrefix(".") }, "\(left)")
        }
    }

    @Test("a picture that is there stays, unless --force is said")
    func taken() async throws {
        try await withJobs { sandbox, _ in
            for verb in [["plot", "first"], ["compare", "first", "second"], ["confusion", "first"]] {
                let picture = sandbox.directory.file(verb[0] + ".svg")
                try "mine".write(toFile: picture, atomically: true, encoding: .utf8)
                let refused = try await sandbox.refusal(of: verb + ["-o", picture])
                #expect(
                    refused.exit == .code(73) && refused.sentence.contains("--force replaces it"), "\(verb)")
                #expect(try String(contentsOfFile: picture, encoding: .utf8) == "mine")
                let forced = try await sandbox.refusal(of: verb + ["-o", picture, "--force", "--json"])
                #expect(forced.exit == .code(0) && forced.sentence.contains("in \(picture)"), "\(verb)")
                #expect(try String(contentsOfFile: picture, encoding: .utf8).hasPrefix("<svg "))
            }
        }
    }

    @Test("without a file the terminal has the plot, and --json the numbers that the daemon has")
    func terminal() async throws {
        try await withJobs { sandbox, client in
            let plot = try await sandbox.nnctl(["plot", "first"])
            #expect(plot.exit == .code(0) && plot.output.contains("loss over the steps"))
            #expect(plot.output.unicodeScalars.contains { (0x2801...0x28FF).contains($0.value) })
            let printed = try await sandbox.nnctl(["plot", "first", "--metric", "val_loss", "--json"])
            let json = try JSON(Data(printed.output.utf8))
            let curve = try #require(json["curves"]?.array?.first)
            let points = try await client.metrics(of: "first", points: .all).metrics.filter {
                $0.name == "val_loss"
            }
            #expect(curve["y"] == .array(points.map { .number($0.value) }))
            #expect(curve["x"] == .array(points.map { .number(Double($0.step)) }) && points.count == 6)
            #expect(json["curves"]?.array?.count == 1 && curve["data"] == .string("validation"))
        }
    }

    @Test("after a resume from an older checkpoint the curve goes on from there")
    func branches() async throws {
        try await Sandbox.with { sandbox in
            try await sandbox.daemon { _, client in
                let checkpoints = try await client.stoppedDigits()
                let older = try #require(checkpoints.last)
                _ = try await client.resume("1", from: older.id, set: ["training.epochs=3"])
                _ = try await client.last(1)
                let json = try JSON(Data(try await sandbox.nnctl(["plot", "1", "--json"]).output.utf8))
                let curves = try #require(json["curves"]?.array)
                #expect(curves.count == 4)
                for curve in curves {
                    let steps = try #require(curve["x"]?.array).compactMap(\.number)
                    #expect(zip(steps, steps.dropFirst()).allSatisfy { $0 < $1 } && steps.last == 300)
                }
            }
        }
    }

    @Test("compare tells what differs, and confusion adds up to the samples")
    func tables() async throws {
        try await withJobs { sandbox, client in
            let compared = try await sandbox.nnctl(["compare", "first", "second"])
            #expect(compared.exit == .code(0))
            #expect(compared.output.contains("optimizer") && !compared.output.contains("training.epochs"))
            for job in try await client.jobs().jobs {
                #expect(compared.output.contains(try #require(job.weightsDigest).prefix(12)))
            }
            let json = try JSON(Data(try await sandbox.nnctl(["confusion", "first", "--json"]).output.utf8))
            let counts = try #require(json["confusion_matrix"]?.array).flatMap {
                ($0.array ?? []).compactMap(\.number)
            }
            #expect(counts.count == 100 && counts.reduce(0, +) == 360)
            let score = try await client.evaluate("first", EvaluateRequest(data: .test))
            #expect(json["accuracy"]?.number == score.metrics["accuracy"] && score.confusionMatrix == nil)
        }
    }

    @Test("what cannot be drawn is said")
    func refusals() async throws {
        try await withJobs { sandbox, client in
            func refusal(_ arguments: [String]) async throws -> (ChildProcess.Exit, String) {
                try await sandbox.refusal(of: arguments)
            }
            let name = try await refusal(["plot", "first", "-o", "curves.gif"])
            #expect(name.0 == .code(64) && name.1.contains(".svg or in .png"))
            let nowhere = try await refusal(["plot", "first", "-o", "/nowhere/curves.svg"])
            #expect(nowhere.0 == .code(73) && nowhere.1.contains("/nowhere/curves.svg"))
            #expect(try await refusal(["plot", "nobody"]).0 == .code(4))
            #expect(try await refusal(["compare", "first"]).0 == .code(64))
            let twice = try await refusal(["compare", "first", "1"])
            #expect(twice.0 == .code(64) && twice.1.contains("all of these are one job"))
            #expect(
                try await refusal(["plot", "first", "--metric", "f1"]).1.contains(
                    "measured are accuracy, loss"))
            var line = StartRequest(
                spec: SpecText(
                    try String(contentsOfFile: Programs.digits + "/digits.yaml", encoding: .utf8)),
                file: "line.yaml",
                baseDirectory: Programs.digits)
            line.name = "line"
            line.set = [
                "model.layers=[{dense: {units: 1}}]", "loss=mean_squared_error", "training.epochs=1",
            ]
            _ = try await client.last(try await client.start(line).id)
            let numbers = try await refusal(["confusion", "line"])
            #expect(numbers.0 == .code(65) && numbers.1.contains("needs targets that are classes"))
        }
    }
}
