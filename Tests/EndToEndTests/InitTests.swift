import Control
import Foundation
import TestSupport
import Testing

@Suite("nnctl init", .timeLimit(.minutes(15)))
struct InitTests {
    /// Writes a job for the data, and gives what was found.
    private func made(_ data: [String], _ sandbox: Sandbox, options: [String] = []) async throws -> JSON {
        let file = sandbox.directory.file("job.yaml")
        let made = try await sandbox.nnctl(["init"] + data + ["-o", file, "--force", "--json"] + options)
        try #require(made.exit == .code(0), "\(sandbox.logText)")
        #expect(try await sandbox.nnctl(["spec", "check", file]).exit == .code(0))
        return try JSON(Data(made.output.utf8))
    }

    /// Trains the job that was written last.
    ///
    /// - Returns: Its status when it has ended.
    private func trained(_ sandbox: Sandbox, _ client: Client, set: [String] = []) async throws -> JobStatus {
        let start = ["start", sandbox.directory.file("job.yaml"), "--wait", "--print-id"]
        let run = try await sandbox.nnctl(start + set.flatMap { ["--set", $0] })
        try #require(run.exit == .code(0), "\(sandbox.logText)")
        return try await client.status(of: run.output.trimmingCharacters(in: .whitespacesAndNewlines))
    }

    @Test("the digits: found with their test file, and trained to what they should reach")
    func digits() async throws {
        try await Sandbox.with { sandbox in
            for file in ["digits-train.csv.gz", "digits-test.csv.gz"] {
                try FileManager.default.copyItem(
                    atPath: Programs.digits + "/" + file, toPath: sandbox.directory.file(file))
            }
            try await sandbox.daemon { _, client in
                let found = try await made([sandbox.directory.file("digits-train.csv.gz")], sandbox)
                #expect(found["task"] == .string("classification") && found["outputs"] == .number(10))
                #expect(found["samples"] == (try JSON(Data(#"{"train": 1437, "test": 360}"#.utf8))))
                #expect(found["name"] == .string("digits") && found["shape"] == .array([.number(64)]))
                let text = try String(contentsOfFile: sandbox.directory.file("job.yaml"), encoding: .utf8)
                #expect(text.contains("path: digits-train.csv.gz") && text.contains("{divide: 16}"))
                let job = try await trained(sandbox, client)
                #expect(try #require(job.metrics["val_accuracy"]) > 0.93)
                let score = try await client.evaluate("\(job.id)", EvaluateRequest(data: .test))
                #expect(try #require(score.metrics["accuracy"]) > 0.85)
            }
        }
    }

    /// MNIST's file names, of images whose upper half is bright in class 1 and the lower half in class 0.
    private func writeHalves(_ sandbox: Sandbox) throws {
        for (prefix, count) in [("train", 600), ("t10k", 60)] {
            var (images, labels) = ([UInt8](), [UInt8]())
            for sample in 0..<count {
                let label = sample * 7 % 3 == 0 ? 1 : 0
                labels.append(UInt8(label))
                images += (0..<144).map { UInt8(($0 < 72) == (label == 1) ? 200 + sample % 50 : sample % 60) }
            }
            func header(_ sizes: [Int]) -> [UInt8] {
                [0, 0, 8, UInt8(sizes.count)] + sizes.flatMap { [0, 0, UInt8($0 >> 8), UInt8($0 & 255)] }
            }
            let files = [
                ("images-idx3-ubyte", header([count, 12, 12]) + images),
                ("labels-idx1-ubyte", header([count]) + labels),
            ]
            for (name, bytes) in files {
                try Data(bytes).write(to: URL(filePath: sandbox.directory.file("halves/\(prefix)-\(name)")))
            }
        }
    }

    @Test("a folder with MNIST's names, for dense layers and for convolutions")
    func images() async throws {
        try await Sandbox.with { sandbox in
            let folder = sandbox.directory.file("halves")
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            try writeHalves(sandbox)
            try await sandbox.daemon { _, client in
                for model in ["mlp", "conv"] {
                    let found = try await made([folder], sandbox, options: ["--model", model])
                    #expect(found["samples"] == (try JSON(Data(#"{"train": 600, "test": 60}"#.utf8))))
                    #expect(found["outputs"] == .number(2) && found["name"] == .string("halves"))
                    let job = try await trained(sandbox, client, set: ["training.epochs=5"])
                    #expect(job.metrics["val_accuracy"] == 1, "\(model)")
                }
                // One of the files stands for all of them.
                let one = try await made([folder + "/t10k-labels-idx1-ubyte"], sandbox)
                #expect(one["samples"] == (try JSON(Data(#"{"train": 600, "test": 60}"#.utf8))))
            }
        }
    }

    /// An array of bytes as NumPy writes it.
    private func npy(_ shape: [Int], _ bytes: [UInt8]) -> Data {
        let sizes = shape.map { "\($0), " }.joined()
        let header = "{'descr': '|u1', 'fortran_order': False, 'shape': (\(sizes)), }"
        let padded = header.padding(toLength: 117, withPad: " ", startingAt: 0) + "\n"
        return Data([0x93] + Array("NUMPY".utf8) + [1, 0, 118, 0] + Array(padded.utf8) + bytes)
    }

    @Test("arrays of NumPy's in files that belong together")
    func arrays() async throws {
        try await Sandbox.with { sandbox in
            for (part, count) in [("train", 400), ("test", 40)] {
                let labels = (0..<count).map { UInt8($0 * 7 % 3 == 0 ? 1 : 0) }
                let samples = labels.flatMap { label -> [UInt8] in [label * 200, 100, 200 - label * 200] }
                for (name, data) in [("x", npy([count, 3], samples)), ("y", npy([count], labels))] {
                    try data.write(to: URL(filePath: sandbox.directory.file("\(name)_\(part).npy")))
                }
            }
            try await sandbox.daemon { _, client in
                let found = try await made([sandbox.directory.file("x_train.npy")], sandbox)
                #expect(found["samples"] == (try JSON(Data(#"{"train": 400, "test": 40}"#.utf8))))
                #expect(found["outputs"] == .number(2) && found["shape"] == .array([.number(3)]))
                let job = try await trained(sandbox, client)
                #expect(job.metrics["val_accuracy"] == 1)
            }
        }
    }

    @Test("a folder of pictures with one folder a class")
    func pictures() async throws {
        try await Sandbox.with { sandbox in
            let folder = Fixture.url("pictures").path
            try await sandbox.daemon { _, client in
                let found = try await made([folder], sandbox)
                #expect(found["outputs"] == .number(3))
                let text = try String(contentsOfFile: sandbox.directory.file("job.yaml"), encoding: .utf8)
                #expect(text.contains("channels: 3") && text.contains("Tulip, wild"))
                let job = try await trained(sandbox, client, set: ["training.epochs=1"])
                #expect(job.state == .succeeded)
            }
        }
    }

    /// Writes a picture of the fixtures into each of these folders.
    private func writePictures(_ classes: [String], in folder: String, count: Int = 4) throws {
        let picture = try Data(contentsOf: Fixture.url("pictures/rose/a.png"))
        for name in classes {
            try FileManager.default.createDirectory(
                atPath: "\(folder)/\(name)", withIntermediateDirectories: true)
            for index in 0..<count {
                try picture.write(to: URL(filePath: "\(folder)/\(name)/\(index).png"))
            }
        }
    }

    @Test("folders of pictures are classes, whatever their number and their names")
    func manyClasses() async throws {
        try await Sandbox.with { sandbox in
            let many = sandbox.directory.file("many")
            try writePictures((0..<30).map { "class\(10 + $0)" }, in: many)
            let odd = sandbox.directory.file("odd")
            try writePictures(["cat\u{2028}seed: 7", "dog\u{85}seed: 8", "fox\u{2029}seed: 9"], in: odd)
            try await sandbox.daemon { _, _ in
                let found = try await made([many], sandbox)
                #expect(found["task"] == .string("classification") && found["outputs"] == .number(30))
                // The pictures have this size, and it stays.
                #expect(found["shape"] == .array([.number(3), .number(20), .number(13)]))
                _ = try await made([odd], sandbox)
                let text = try String(contentsOfFile: sandbox.directory.file("job.yaml"), encoding: .utf8)
                #expect(text.contains("cat") && !text.unicodeScalars.contains("\u{2028}"))
                #expect(!text.unicodeScalars.contains("\u{2029}") && !text.unicodeScalars.contains("\u{85}"))

                let one = sandbox.directory.file("one")
                try writePictures(["cat"], in: one)
                let refused = try await sandbox.refusal(of: ["init", one])
                #expect(refused.exit == .code(65))
                #expect(refused.sentence.contains("there is one folder in it (cat), and a folder is a class"))
                let flat = try await sandbox.refusal(of: ["init", one + "/cat"])
                #expect(flat.exit == .code(65))
                #expect(flat.sentence.contains("there are pictures in it (0.png), but no folders"))
            }
        }
    }

    @Test("the target is the last column, unless a name says otherwise or it is always the same")
    func targets() async throws {
        try await Sandbox.with { sandbox in
            let table = sandbox.directory.file("t.csv")
            func card(_ header: String, _ row: (Int) -> String) async throws -> String {
                try (header + (0..<90).map { row($0) + "\n" }.joined()).write(
                    toFile: table, atomically: true, encoding: .utf8)
                let file = sandbox.directory.file("job.yaml")
                let run = try await sandbox.nnctl(["init", table, "-o", file, "--force"])
                #expect(run.exit == .code(0))
                return run.output
            }
            try await sandbox.daemon { _, _ in
                let last = try await card("age,bmi,charges\n") {
                    "\($0 % 40),\(Double($0) / 7),\($0 * 31 % 97).5"
                }
                #expect(last.contains("target      column charges (a guess; --label names another one)"))
                let named = try await card("species,bmi,charges\n") { "\($0 % 3),\(Double($0) / 7),\($0).5" }
                #expect(named.contains("label       column species\n"))
                #expect(!named.contains("remark"))
                let first = try await card("") { "\($0 % 10),\($0 % 17),0" }
                #expect(first.contains("label       column 0 (a guess; --label names another one)"))
                let counted = try await card("a,label\n") { "\(Double($0) / 7),\($0 % 3 + 1)" }
                #expect(
                    counted.contains("The labels go from 1 to 3")
                        && counted.contains("subtract 1 from each label"))
                let gaps = try await card("a,label\n") { "\(Double($0) / 7),\($0 % 3 * 10)" }
                #expect(gaps.contains("There are 3 different labels from 0 to 20"))
                let constant = try await card("a,label\n") { "\(Double($0) / 7),3" }
                #expect(constant.contains("The label is 3 in every sample"))
                let signs = try await card("a,label\n") { "\(Double($0) / 7),\($0 % 2 * 2 - 1)" }
                #expect(signs.contains("The 2 different labels go from -1 to 1"))
                let small = try await card("a,y\n") { "\(Double($0) / 7),\(Double($0) / 1_000_000)" }
                #expect(small.contains("The targets are small"))
                let far = try await card("a,y\n") { "\(Double($0) / 7),\(1_000 + Double($0) / 10)" }
                #expect(far.contains("The targets lie close together and far from 0"))
            }
        }
    }

    @Test("targets are learned however large they are", arguments: [100, 30_000, 2e6])
    func largeTargets(size: Double) async throws {
        try await Sandbox.with { sandbox in
            let rows = (0..<300).map { row -> String in
                let (a, b) = (Double(row * 7 % 17), Double(row * 5 % 23))
                return "\(a),\(b),\(size * (0.3 + 0.02 * a + 0.01 * b + 0.001 * a * b))"
            }
            let table = sandbox.directory.file("houses.csv")
            try (["a,b,price"] + rows).joined(separator: "\n").write(
                toFile: table, atomically: true, encoding: .utf8)
            try await sandbox.daemon { _, client in
                let found = try await made([table], sandbox)
                #expect(found["task"] == .string("regression"))
                let job = try await trained(sandbox, client)
                #expect(try #require(job.metrics["val_r2"]) > 0.95)
            }
        }
    }

    @Test("a table whose target is a number, and options that say otherwise")
    func regression() async throws {
        try await Sandbox.with { sandbox in
            let rows = (0..<300).map { row -> String in
                let (a, b) = (Double(row % 17), Double(row % 23))
                return "\(a),\(b),\(2 * a - b + 0.5),\(row % 2)"
            }
            let table = sandbox.directory.file("line.csv")
            try (["a,b,price,kind"] + rows).joined(separator: "\n").write(
                toFile: table, atomically: true, encoding: .utf8)
            try await sandbox.daemon { _, client in
                // Nothing is called a label, so it is the last column.
                let last = try await made([table], sandbox)
                #expect(last["task"] == .string("classification") && last["outputs"] == .number(2))
                let found = try await made([table], sandbox, options: ["--label", "price"])
                #expect(found["task"] == .string("regression") && found["outputs"] == .number(1))
                let job = try await trained(sandbox, client)
                #expect(try #require(job.metrics["val_r2"]) > 0.95)
                let forced = try await made([table], sandbox, options: ["--task", "regression"])
                #expect(forced["task"] == .string("regression"))
            }
        }
    }

    @Test("what cannot be done is said, and no file is made")
    func refusals() async throws {
        try await Sandbox.with { sandbox in
            let words = sandbox.directory.file("words.csv")
            try "size,colour,label\n1,red,0\n2,blue,1\n".write(
                toFile: words, atomically: true, encoding: .utf8)
            let file = sandbox.directory.file("job.yaml")
            func refusal(_ arguments: [String]) async throws -> (ChildProcess.Exit, String) {
                try await sandbox.refusal(of: ["init", "-o", file, "--no-spawn"] + arguments)
            }
            let noDaemon = try await refusal([words])
            #expect(noDaemon.0 == .code(69))
            try await sandbox.daemon { _, _ in
                let text = try await refusal([words])
                #expect(text.0 == .code(65))
                #expect(text.1.contains("column colour: \"red\" in line 2 is not a number"))
                let missing = try await refusal([sandbox.directory.file("nothing.csv")])
                #expect(missing.0 == .code(65) && missing.1.contains("there is no such file or folder"))
                let empty = sandbox.directory.file("empty")
                try FileManager.default.createDirectory(atPath: empty, withIntermediateDirectories: true)
                #expect(try await refusal([empty]).0 == .code(65))
                let column = try await refusal([words, "--label", "weight"])
                #expect(column.0 == .code(64) && column.1.contains("there are size, colour, label"))
                #expect(!FileManager.default.fileExists(atPath: file))
                try "mine".write(toFile: file, atomically: true, encoding: .utf8)
                let there = try await refusal([Programs.digits + "/digits-train.csv.gz"])
                #expect(there.0 == .code(73) && there.1.contains("--force"))
                #expect(try String(contentsOfFile: file, encoding: .utf8) == "mine")
            }
        }
    }
}
