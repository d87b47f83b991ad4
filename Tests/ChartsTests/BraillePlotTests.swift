import Charts
import Testing

@Suite("Plots of braille characters")
struct BraillePlotTests {
    @Test("dots are where the numbers are")
    func dots() {
        // Two characters by one: four dots across, four down. From the lower left to the upper right.
        let plot = BraillePlot(width: 2, height: 1, hasLabels: false)
        #expect(plot.lines([.init([.init(0, 0), .init(3, 3)])]) == ["⡠⠊"])
        #expect(plot.lines([.init([.init(0, 3), .init(3, 3), .init(3, 0)])]) == ["⠉⢹"])
    }

    @Test("the axes have the ends of their ranges, and no line is too wide")
    func labels() {
        let points = (0...100).map { Chart.Point(Double($0) * 12, 2.25 - Double($0) * 0.02) }
        let lines = BraillePlot(width: 24, height: 6).lines([.init(points)])
        #expect(lines.count == 6)
        #expect(lines[0].hasPrefix("2.25 ┤") && lines[3].hasPrefix("0.25 ┤"))
        #expect(lines[1].hasPrefix("     │") && lines[2].hasPrefix("     │"))
        #expect(lines[4] == "     └" + String(repeating: "─", count: 18))
        #expect(lines[5] == "      0" + String(repeating: " ", count: 13) + "1200")
        for (width, height) in [(24, 6), (1, 1), (7, 3), (80, 20), (200, 40)] {
            let lines = BraillePlot(width: width, height: height).lines([
                .init(points), .init(points, color: 1),
            ])
            #expect(lines.count == max(3, height))
            #expect(lines.allSatisfy { $0.count <= max(width, 7) })
        }
    }

    @Test("several lines have letters, and each is painted in its colour")
    func several() {
        let series = (0..<3).map { n in
            BraillePlot.Series((0...20).map { .init(Double($0), Double(n)) }, color: n)
        }
        let lines = BraillePlot(width: 30, height: 9).lines(series) { "<\($1)\($0)>" }
        let text = lines.joined()
        for (letter, color) in zip("abc", 0...) {
            #expect(text.contains(letter))
            #expect(text.contains("<\(color)"))
        }
        #expect(!BraillePlot(width: 30, height: 9).lines([series[0]]).joined().contains("a"))
    }

    @Test("what is not a number breaks the line, and a plot of nothing is empty")
    func gaps() {
        let plot = BraillePlot(width: 3, height: 1, hasLabels: false)
        #expect(plot.lines([.init([.init(0, 1), .init(1, .nan), .init(5, 1)])]) == ["⠄ ⠠"])
        #expect(plot.lines([]) == [""])
        #expect(plot.lines([.init([.init(.nan, .infinity)])]) == [""])
        let scaled = BraillePlot(width: 3, height: 1, scale: .logarithmic, hasLabels: false)
        #expect(scaled.lines([.init([.init(0, 1), .init(1, 0), .init(5, 1)])]) == ["⠄ ⠠"])
    }
}
