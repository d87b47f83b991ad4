import Charts
import Testing

@Suite("Figures")
struct FigureTests {
    private static let figure = Figure(
        title: "Loss & <accuracy>",
        charts: [
            Chart(
                title: "Loss", x: .init("step"), y: .init("loss", .logarithmic),
                lines: [
                    .init("a", color: 0, [.init(0, 1), .init(50, 0.1), .init(100, 0.01)]),
                    .init(
                        "b", color: 1, isDashed: true,
                        [.init(0, 1), .init(10, 1), .init(50, .nan), .init(90, 1), .init(100, 1)]),
                    .init("c", color: 1, isListed: false, [.init(0, 1), .init(100, 0.5)]),
                ], keys: [.init("validation", isDashed: true)]),
            Chart(title: "Empty", x: .init("step"), y: .init("loss"), lines: []),
        ])

    @Test("an SVG is well-formed and holds titles, axes, legend and lines")
    func svg() throws {
        let picture = Self.figure.picture
        let reader = try PictureReader(picture.svg)
        #expect(reader.elements.first?.attributes["width"] == "\(picture.width)")
        #expect(reader.elements.first?.attributes["height"] == "\(picture.height)")
        for text in [
            "Loss & <accuracy>", "Loss", "Empty", "step", "loss", "0.01", "100", "a", "b", "validation",
        ] {
            #expect(reader.texts.contains(text), "\(text)")
        }
        #expect(!reader.texts.contains("c"))
        // Line a, the two parts of line b, which is broken where it is not a number, and line c.
        let lines = reader.lines
        #expect(lines.count == 4)
        #expect(lines.map { $0.attributes["stroke-dasharray"] } == ["none", "6 4", "6 4", "none"])
        #expect(lines.map { $0.attributes["class"] } == ["line c0", "line c1", "line c1", "line c1"])
        // The frame is 540 by 270 with its corner at (86, 84): down two decades from the left to the right.
        #expect(lines[0].points.map(\.x) == [86, 356, 626])
        #expect(lines[0].points.map(\.y) == [84, 219, 354])
    }

    @Test("a single point is seen, and what has no place on an axis is not")
    func points() throws {
        func dots(_ points: [Chart.Point]) throws -> [String?] {
            let chart = Chart(
                title: "", x: .init("step"), y: .init("loss"), lines: [.init("a", color: 2, points)])
            let reader = try PictureReader(Figure(title: "", charts: [chart]).svg)
            return reader.elements.filter { $0.name == "circle" }.map { $0.attributes["class"] }
        }
        #expect(try dots([.init(1, 0.5)]) == ["dot c2"])
        #expect(try dots([.init(1, .nan), .init(2, .infinity)]) == [])
        // Among many points only the one without neighbours.
        let many = (0..<1000).map {
            Chart.Point(Double($0), (499...501).contains($0) && $0 != 500 ? .nan : 1)
        }
        #expect(try dots(many).count == 1)
    }

    @Test("points are marked where they lie far apart on the axis, however few there are")
    func marks() throws {
        func line(_ end: Int) -> Chart.Line { .init("a", color: 0, (0..<end).map { .init(Double($0), 1) }) }
        func dots(_ lines: [Chart.Line]) throws -> Int {
            let chart = Chart(title: "", x: .init("epoch"), y: .init("loss"), lines: lines)
            let reader = try PictureReader(Figure(title: "", charts: [chart]).svg)
            return reader.elements.count { $0.name == "circle" }
        }
        #expect(try dots([line(40)]) == 40)
        // On an axis of 300 epochs 40 lie on one another.
        #expect(try dots([line(40), line(300)]) == 0)
    }

    @Test("a million points become few, and no peak is lost")
    func thinning() throws {
        var points = (0..<1_000_000).map { Chart.Point(Double($0), Double($0 % 7) / 7) }
        points[123_456].y = 100
        points[654_321].y = -100
        let chart = Chart(
            title: "", x: .init("step"), y: .init("loss"), lines: [.init("a", color: 0, points)])
        let line = try #require(try PictureReader(Figure(title: "", charts: [chart]).svg).lines.first)
        #expect(line.points.count <= 541 * 4)
        // The frame's top and bottom, since both peaks are ticks.
        #expect(line.points.map(\.y).min() == 84)
        #expect(line.points.map(\.y).max() == 354)
        #expect(zip(line.points, line.points.dropFirst()).allSatisfy { $0.x <= $1.x })
    }

    @Test(
        "numbers of any size make a picture",
        arguments: [
            [.leastNonzeroMagnitude, 1e308], [-1.7e308, 1.7e308],
            [.leastNonzeroMagnitude, .leastNonzeroMagnitude],
            [1e10, 1e10 + 2e-6], [0, 0], [-Double.leastNormalMagnitude / 8, Double.leastNormalMagnitude / 4],
            [1.7e308, 1.7e308], [.nan, .nan], [-Double.infinity, .infinity],
        ] as [[Double]])
    func extremes(_ values: [Double]) throws {
        for scale in [Axis.Scale.linear, .logarithmic] {
            let points = values.enumerated().map { Chart.Point(Double($0.offset), $0.element) }
            let chart = Chart(
                title: "", x: .init("step"), y: .init("loss", scale), lines: [.init("a", color: 0, points)])
            let reader = try PictureReader(Figure(title: "", charts: [chart]).svg)
            #expect(!reader.texts.contains { $0.contains("nan") || $0.contains("inf") })
            #expect(BraillePlot(width: 40, height: 8, scale: scale).lines([.init(points)]).count == 8)
        }
    }

    @Test("a name that is too long loses its middle, and one with characters that XML has not is shown")
    func names() throws {
        let long = "begin-" + String(repeating: "x", count: 300) + "-end"
        let chart = Chart(
            title: long, x: .init("step"), y: .init("loss"),
            lines: [
                .init(long, color: 0, [.init(0, 0)]), .init("bell\u{7}\u{1B}[31m", color: 9, [.init(0, 0)]),
            ])
        let reader = try PictureReader(Figure(title: long, charts: [chart]).svg)
        let shortened = reader.texts.filter { $0.hasPrefix("begin-") }
        #expect(shortened.count == 3)
        #expect(shortened.allSatisfy { $0.hasSuffix("-end") && $0.contains("…") && $0.count < 120 })
        #expect(reader.texts.contains("bell\u{FFFD}\u{FFFD}[31m"))
    }
}
