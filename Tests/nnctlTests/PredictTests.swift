import ArgumentParser
import Control
import Foundation
import Testing
import nnctl

@Suite("nnctl predict")
struct PredictTests {
    private func parse(_ words: String...) throws -> Predict {
        try #require(try Nnctl.parseAsRoot(["predict", "7", "-i", "x"] + words) as? Predict)
    }

    @Test("the format is said, or the output's name tells it")
    func formats() throws {
        #expect(try parse().chosenFormat == nil)
        #expect(try parse("--json").chosenFormat == .json)
        #expect(try parse("--format", "npy").chosenFormat == .npy)
        #expect(try parse("-o", "a.b/c.CSV").chosenFormat == .csv)
        #expect(try parse("-o", "c.csv", "--format", "ndjson").chosenFormat == .ndjson)
        #expect(try parse("-o", "-").chosenFormat == nil)
        #expect(try parse("--json", "-o", "out.json").chosenFormat == .json)
        for wrong in [
            ["-o", "a.csv/c"], ["-o", "c.txt"], ["--format", "xml"], ["--json", "--format", "csv"],
            ["--limit", "0"], ["--json", "-o", "out.csv"], ["--json", "-o", "out.ndjson"],
        ] {
            #expect(throws: (any Error).self) {
                try Nnctl.parseAsRoot(["predict", "7", "-i", "x"] + wrong)
            }
        }
        #expect(throws: (any Error).self) { try Nnctl.parseAsRoot(["predict", "7"]) }
    }

    private func table(_ lines: [String], width: Int? = nil) throws -> String {
        var table = PredictionTable()
        return try lines.map { line in
            table.lines(for: try WireJSON.decode(Prediction.self, from: Data(line.utf8)), width: width)
        }.joined()
    }

    @Test("a line a sample")
    func lines() throws {
        #expect(
            try table([
                #"{"class":1,"probabilities":[0.25,0.75]}"#, #"{"class":null,"probabilities":["NaN",1]}"#,
            ]) == """
                SAMPLE  CLASS  PROBABILITY
                     0      1        0.750
                     1      -            -

                """)
        #expect(
            try table([#"{"class":0,"file":"a/b.png","name":"rose","probabilities":[0.9994,0.0006]}"#]) == """
                SAMPLE  CLASS             PROBABILITY  FILE
                     0  rose                    0.999  a/b.png

                """)
        #expect(
            try table([#"{"classes":[1,null,0],"probabilities":[[0,1],[0,1],[1,0]]}"#]) == """
                SAMPLE  CLASSES
                     0  1 - 0

                """)
        #expect(
            try table([#"{"values":[1.5,-0.25]}"#, #"{"values":[100000,0]}"#]) == """
                SAMPLE  VALUES
                     0  1.5000  -0.2500
                     1  1.00e+05  0.0000

                """)
        #expect(
            try table([#"{"probabilities":[0.5,0.125]}"#], width: 12) == """
                SAMPLE  PRO…
                     0  0.5…

                """)
    }
}
