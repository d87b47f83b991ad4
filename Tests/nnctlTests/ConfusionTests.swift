import Charts
import Control
import Testing
import nnctl

@Suite("Confusion matrices")
struct ConfusionTests {
    /// By scikit-learn 1.9.1: `confusion_matrix` of the labels 0 0 0 1 1 2 2 2 2 3 and the predictions 0 0 1 1 2 2 2 2 0 2, and
    /// below their `precision_recall_fscore_support`.
    private static let counts = [[2, 1, 0, 0], [0, 1, 1, 0], [1, 0, 3, 0], [0, 0, 1, 0]]

    private static func evaluation(_ counts: [[Int]]) -> Evaluation {
        Evaluation(
            job: 7, data: .test, checkpoint: .init(id: 12, step: 1500), samples: 10, loss: 0.5,
            metrics: [:], confusionMatrix: counts, weightsDigest: "ab")
    }

    @Test("precision, recall and F1 are those of scikit-learn, and 0 / 0 is none")
    func scores() throws {
        let matrix = try #require(ConfusionMatrix(Self.counts))
        func rounded(_ values: [Double?]) -> [Double?] {
            values.map { $0.map { ($0 * 1e4).rounded() / 1e4 } }
        }
        #expect(rounded((0..<4).map(matrix.precision)) == [0.6667, 0.5, 0.6, nil])
        #expect(rounded((0..<4).map(matrix.recall)) == [0.6667, 0.5, 0.75, 0])
        #expect(rounded((0..<4).map(matrix.f1)) == [0.6667, 0.5, 0.6667, 0])
        #expect(matrix.accuracy == 0.6)
        #expect(
            ConfusionMatrix([[1, 2]]) == nil && ConfusionMatrix([]) == nil && ConfusionMatrix([[-1]]) == nil)
    }

    @Test("without colours blocks say how much of a row a cell holds")
    func plain() throws {
        let matrix = try #require(ConfusionMatrix(Self.counts, names: ["cat", "dog", "owl", "fox"]))
        let text = ConfusionText.rendered(Self.evaluation(Self.counts), matrix, width: 60, style: .plain)
        #expect(text.contains("job 7 on its test data, checkpoint 12, accuracy 0.600"))
        #expect(text.contains("label cat dog owl fox\n"))
        // The numbers below one another, and behind each how much of the row it is.
        #expect(text.contains("cat    2▓  1▒\ndog        1▓  1▓\nowl    1▒      3█\nfox            1█\n"))
        #expect(text.contains("CLASS  PRECISION  RECALL     F1  SAMPLES\n"))
        #expect(text.contains("owl        0.600   0.750  0.667        4\n"))
        #expect(text.contains("fox            -   0.000  0.000        1\n"))
        #expect(!text.contains("\u{1B}"))
        let colored = ConfusionText.rendered(Self.evaluation(Self.counts), matrix, width: 60, style: .colored)
        #expect(colored.contains("\u{1B}[48;5;"))
    }

    @Test(
        "it fits the terminal, with shades alone or the worst mistakes where there is no room",
        arguments: [40, 80, 200])
    func widths(_ width: Int) throws {
        for count in [2, 10, 30, 100] {
            let counts = (0..<count).map { row in
                (0..<count).map { $0 == row ? 1000 : $0 == (row + 1) % count ? 7 : 0 }
            }
            let names = (0..<count).map { "class-with-a-long-name-\($0)" }
            let matrix = try #require(ConfusionMatrix(counts, names: names))
            let text = ConfusionText.rendered(Self.evaluation(counts), matrix, width: width, style: .plain)
            #expect(text.split(separator: "\n").allSatisfy { $0.count <= width }, "\(count)")
            #expect(text.contains("TAKEN FOR") == (count * 2 > width - 17), "\(count)")
        }
    }
}
