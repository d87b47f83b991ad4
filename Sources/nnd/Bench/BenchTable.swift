import Foundation

/// Measurements as a person reads them, a line each as they come.
package enum BenchTable {
    private static let columns = [
        ("case", -14), ("workers", 7), ("shards", 6), ("samples/s", 10), ("median", 10), ("step p50", 10),
        ("p99", 10), ("limit", 10), ("of limit", 8),
    ]

    package static var header: String { line(columns.map(\.0)) }

    package static func row(_ result: BenchResult) -> String {
        let mark = result.limitBasis == .multiplyAdds ? "*" : ""
        return line([
            result.case, "\(result.workers)", "\(result.shards)", rate(result.samplesPerS),
            rate(result.samplesPerSMedian), time(result.stepUsP50), time(result.stepUsP99),
            result.limitSamplesPerS.map { rate($0) + mark } ?? "-",
            result.fractionOfLimit.map { String(format: "%.2f", $0) } ?? "-",
        ])
    }

    /// What the columns mean; what the marks mean where there are any.
    package static func notes(_ results: [BenchResult]) -> String {
        var notes = ["samples/s: the fastest third of the time that was measured; median: the middle one."]
        if results.contains(where: { $0.limitBasis == .products }) {
            notes.append("limit: the step's matrix products alone, on as many threads.")
        }
        if results.contains(where: { $0.limitBasis == .multiplyAdds }) {
            notes.append("* limit: the step's multiply-adds at the rate of a 512 x 512 x 512 product.")
        }
        return notes.joined(separator: "\n")
    }

    private static func line(_ cells: [String]) -> String {
        zip(cells, columns).map { cell, column in
            let blanks = String(repeating: " ", count: max(0, abs(column.1) - cell.count))
            return column.1 < 0 ? cell + blanks : blanks + cell
        }.joined(separator: "  ")
    }

    private static func rate(_ value: Double) -> String {
        String(format: value < 1000 ? "%.1f" : "%.0f", value)
    }

    private static func time(_ microseconds: Double) -> String {
        microseconds < 10_000
            ? String(format: "%.0f us", microseconds) : String(format: "%.1f ms", microseconds / 1000)
    }
}
