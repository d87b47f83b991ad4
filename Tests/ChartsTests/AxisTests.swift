import Charts
import Testing

@Suite("The axes of a chart")
struct AxisTests {
    @Test(
        "a linear axis has round ticks around its numbers",
        arguments: [
            ([0, 1], ["0", "0.2", "0.4", "0.6", "0.8", "1"]),
            ([0.13, 0.97], ["0", "0.2", "0.4", "0.6", "0.8", "1"]),
            ([-3, 7], ["-4", "-2", "0", "2", "4", "6", "8"]),
            ([0, 900], ["0", "200", "400", "600", "800", "1000"]),
            ([5, 5], ["5", "6"]),
        ] as [([Double], [String])])
    func linear(_ values: [Double], _ labels: [String]) {
        let axis = Axis(.linear, covering: values)
        #expect(axis.ticks.map(\.label) == labels)
        for value in values { #expect(axis.range.contains(value)) }
    }

    @Test(
        "a logarithmic axis has powers of ten, and over few of them 1, 2 and 5",
        arguments: [
            ([0.03, 2], ["0.02", "0.05", "0.1", "0.2", "0.5", "1", "2"]),
            ([0.004, 300], ["0.001", "0.01", "0.1", "1", "10", "100", "1000"]),
            ([1e-5, 1], ["10⁻⁵", "10⁻⁴", "0.001", "0.01", "0.1", "1"]),
            ([2e5, 9e5], ["2·10⁵", "5·10⁵", "10⁶"]),
            ([1e-12, 1e3], ["10⁻¹²", "10⁻¹⁰", "10⁻⁸", "10⁻⁶", "10⁻⁴", "0.01", "1", "100", "10000"]),
        ] as [([Double], [String])])
    func logarithmic(_ values: [Double], _ labels: [String]) {
        let axis = Axis(.logarithmic, covering: values)
        #expect(axis.ticks.map(\.label) == labels)
        for value in values { #expect(axis.range.contains(value)) }
    }

    @Test(
        "ticks that lie near one another are told apart, and no two look the same",
        arguments: [
            ([123_456, 123_470, 123_489], "123455", "123490"), ([1, 1.000_000_1], "1", "1.0000001"),
            ([1e-5, 1.0001e-5], "10⁻⁵", "1.0001·10⁻⁵"), ([5e7, 5e7 + 3], "50000000", "50000003"),
        ] as [([Double], String, String)])
    func near(_ values: [Double], first: String, last: String) {
        let labels = Axis(.linear, covering: values).ticks.map(\.label)
        #expect(Set(labels).count == labels.count, "\(labels)")
        #expect(labels.first == first && labels.last == last, "\(labels)")
    }

    @Test(
        "the ends of an axis without ticks have four digits, or as many as it takes",
        arguments: [
            (0.271_34, 1, "0.2713"), (3362, 3321, "3362"), (123_489, 33, "123489"),
            (1_234_567, 1e6, "1.23e+06"),
            (1_234_567, 40, "1234567"), (1.000_000_1, 1e-7, "1.0000001"), (0, 5, "0"),
        ] as [(Double, Double, String)])
    func short(_ value: Double, span: Double, label: String) {
        #expect(Axis.shortLabel(value, over: span) == label)
    }

    @Test("numbers without a place on the axis neither stretch it nor get one")
    func odd() {
        let axis = Axis(.logarithmic, covering: [0.1, 10, 0, -5, .nan, .infinity])
        #expect(axis == Axis(.logarithmic, covering: [0.1, 10]))
        #expect(axis.position(1) == 0.5)
        for value in [0, -5, .nan, .infinity] { #expect(axis.position(value) == nil) }
        #expect(Axis(.linear, covering: []).range == 0...1)
        #expect(Axis(.logarithmic, covering: [-1]).range.lowerBound > 0)
    }
}
