import NN
import Spec
import Tensor
import TestSupport
import Testing

/// One batch of metrics/reference.json.
struct MetricCase: Decodable, Sendable, CustomTestStringConvertible {
    let id: String
    let output: NumberArray
    let targets: NumberArray
    let values: [String: Double]
    let confusion_matrix: [[Int]]?

    var testDescription: String { id }

    static func all() throws -> [MetricCase] {
        struct File: Decodable { let cases: [MetricCase] }
        return try Fixture.decode("metrics/reference.json", as: File.self).cases
    }

    static let every: [MetricSpec] = [
        .accuracy, .topKAccuracy(k: 2), .topKAccuracy(k: 3), .topKAccuracy(k: 5), .precision, .recall, .f1,
        .auc,
        .confusionMatrix, .mae, .rmse, .r2,
    ]

    var metrics: [MetricSpec] {
        MetricCase.every.filter {
            values[$0.name] != nil || ($0 == .confusionMatrix && confusion_matrix != nil)
        }
    }

    /// What the samples in `rows` come to.
    func tally(_ rows: [Int]) -> MetricTally {
        let target: Targets =
            targets.shape.count == 1
            ? .classes(rows.map { targets.integers[$0] }) : .values(targets.tensor.rows(rows))
        return MetricTally(metrics, output: output.tensor.rows(rows), targets: target)
    }
}

@Suite("Metrics against scikit-learn")
struct MetricReferenceTests {
    @Test("no case and no value is silently left out")
    func count() throws {
        let cases = try MetricCase.all()
        #expect(cases.count == 9)
        #expect(cases.flatMap(\.values).count == 7 + 4 + 5 + 5 + 5 + 4 * 3)
        for example in cases {
            let numbers = example.metrics.filter(\.isNumber)
            #expect(numbers.count == example.values.count)
        }
    }

    private func expect(_ tally: MetricTally, _ example: MetricCase) {
        #expect(Set(tally.values.keys) == Set(example.values.keys))
        for (name, value) in tally.values {
            #expect(abs(value - (example.values[name] ?? .nan)) <= 1e-9, "\(name)")
        }
        #expect(tally.confusionMatrix?.counts == example.confusion_matrix)
    }

    @Test("of a whole set", arguments: try MetricCase.all())
    func whole(_ example: MetricCase) {
        expect(example.tally(Array(0..<example.output.shape[0])), example)
    }

    @Test("of chunks of any sizes, one after another", arguments: try MetricCase.all(), [1, 4, 7, 64])
    func chunks(_ example: MetricCase, _ size: Int) throws {
        let count = example.output.shape[0]
        var total = example.tally([])
        for start in stride(from: 0, to: count, by: size) {
            total += example.tally(Array(start..<min(start + size, count)))
        }
        expect(total, example)
        // Whole numbers have no rounding, so they agree to the last bit.
        let whole = example.tally(Array(0..<count)).values
        if example.confusion_matrix != nil { #expect(total.values == whole) }
    }

    @Test("no samples have no accuracy and no error", arguments: try MetricCase.all())
    func empty(_ example: MetricCase) {
        let nothing = example.tally([])
        #expect(nothing.values.isEmpty)
        #expect(nothing.confusionMatrix == nil)
    }
}
