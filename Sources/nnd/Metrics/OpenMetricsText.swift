import Foundation
package import Parallel

/// The OpenMetrics text format, version 1.0.0: families of samples, one after another.
/// https://prometheus.io/docs/specs/om/open_metrics_spec/
package struct OpenMetricsText: Sendable {
    package static let contentType = "application/openmetrics-text; version=1.0.0; charset=utf-8"

    /// A family's type, and with it the endings of its samples' names.
    package enum Kind: String, Sendable {
        case gauge, counter, histogram, info
    }

    /// One value with the labels that tell it from the others of its family.
    package struct Sample: Sendable {
        let labels: [(String, String)]
        let value: Double

        package init(_ value: Double, _ labels: [(String, String)] = []) {
            (self.labels, self.value) = (labels, value)
        }
    }

    private var text = ""

    package init() {}

    /// Adds a family; one without samples is left out.
    ///
    /// - Parameters:
    ///   - name: Ends in the unit, if there is one.
    ///   - kind: Any but a histogram.
    ///   - unit: In which the values are, where they have one.
    ///   - help: A sentence.
    ///   - samples: No two have the same labels.
    package mutating func add(
        _ name: String, _ kind: Kind, unit: String? = nil, _ help: String, _ samples: [Sample]
    ) {
        guard !samples.isEmpty else { return }
        describe(name, kind, unit, help)
        let ending =
            switch kind {
            case .counter: "_total"
            case .info: "_info"
            case .gauge, .histogram: ""
            }
        for sample in samples { add(name + ending, sample.labels, sample.value) }
    }

    /// Adds a family of histograms of seconds.
    package mutating func add(
        _ name: String, _ help: String,
        _ histograms: [(labels: [(String, String)], values: DurationHistogram)]
    ) {
        guard !histograms.isEmpty else { return }
        describe(name, .histogram, "seconds", help)
        for (labels, values) in histograms {
            var count = 0
            for (number, more) in values.counts.enumerated() {
                count += more
                let bound =
                    number < DurationHistogram.bounds.count
                    ? Self.text(DurationHistogram.bounds[number]) : "+Inf"
                add(name + "_bucket", labels + [("le", bound)], Double(count))
            }
            add(name + "_sum", labels, values.sum)
            add(name + "_count", labels, Double(count))
        }
    }

    /// The whole document.
    package var document: String { text + "# EOF\n" }

    private mutating func describe(_ name: String, _ kind: Kind, _ unit: String?, _ help: String) {
        text += "# TYPE \(name) \(kind.rawValue)\n"
        if let unit { text += "# UNIT \(name) \(unit)\n" }
        text += "# HELP \(name) \(Self.escaped(help))\n"
    }

    private mutating func add(_ name: String, _ labels: [(String, String)], _ value: Double) {
        let inside = labels.map { "\($0)=\"\(Self.escaped($1))\"" }.joined(separator: ",")
        text += "\(name)\(inside.isEmpty ? "" : "{\(inside)}") \(Self.text(value))\n"
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
    }

    private static func text(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
        if value == value.rounded(), abs(value) < 1e15 { return String(Int(value)) }
        return "\(value)"
    }
}
