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
