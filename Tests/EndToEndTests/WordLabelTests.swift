import Control
import Foundation
import TestSupport
import Testing

@Suite("Classes that are words", .timeLimit(.minutes(15)))
struct WordLabelTests {
    /// Two numbers that tell which of three flowers it is.
    private func rows(_ count: Int, _ names: [String]) -> String {
        (0..<count).map { row in
            let kind = row * 7 % 3
            return "\(Double(kind) + Double(row % 5) / 10),\(Double(row % 11)),\(names[kind])\n"
        }.joined()
    }

    @Test("are found by init, trained on, and told by predict and confusion")
    func flowers() async throws {
        try await Sandbox.with { sandbox in
            let names = ["Iris-virginica", "Iris-setosa", "Iris, \u{2028}wild"]
            let written = names.map { "\"\($0)\"" }
            let (train, test) = (
                sandbox.directory.file("iris-train.csv"), sandbox.directory.file("iris-test.csv")
            )
            try ("a,b,species\n" + rows(90, written)).write(toFile: train, atomically: true, encoding: .utf8)
            // Which classes occur here does not matter.
            try "species,b,a\n\(names[0]),1,0.1\n\(names[1]),2,1.2\n".write(
                toFile: test, atomically: true, encoding: .utf8)
            let file = sandbox.directory.file("job.yaml")
            try await sandbox.daemon { _, client in
                let made = try await sandbox.nnctl(["init", train, "-o", file, "--name", "iris"])
                #expect(made.exit == .code(0), "\(sandbox.logText)")
                let run = try await sandbox.nnctl(["start", file, "--wait"])
                #expect(run.exit == .code(0), "\(sandbox.logText)")
                #expect(try #require(await client.status(of: "iris").metrics["val_accuracy"]) > 0.9)
                let score = try await client.evaluate(
                    "iris", EvaluateRequest(data: .test, confusionMatrix: true))
                #expect(score.classNames == [names[2], names[1], names[0]])
                #expect(score.confusionMatrix?.map { $0.reduce(0, +) } == [0, 1, 1])
                #expect(score.metrics["accuracy"] == 1)

                // The names are kept, whatever becomes of the file.
                try FileManager.default.removeItem(atPath: train)
                let told = try await sandbox.nnctl(["predict", "iris", "-i", test, "--format", "ndjson"])
                let lines = try told.output.split(separator: "\n").map { try JSON(Data($0.utf8)) }
                #expect(lines.map { $0["name"]?.string } == [names[0], names[1]])
                #expect(lines.map { $0["class"]?.number } == [2, 1])
            }
        }
    }
}
