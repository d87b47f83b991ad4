/// Lines over a horizontal axis.
package struct Chart {
    package var title: String
    package var x: Caption
    package var y: Caption
    package var lines: [Line]

    /// What an axis shows.
    package struct Caption {
        package var title: String
        package var scale: Axis.Scale

        package init(_ title: String, _ scale: Axis.Scale = .linear) {
            self.title = title
            self.scale = scale
        }
    }

    package struct Point: Equatable {
        package var x: Double
        package var y: Double

        package init(_ x: Double, _ y: Double) {
            self.x = x
            self.y = y
        }
    }

    /// A line with its entry in the legend.
    package struct Line {
        package var name: String
        /// Counted through the colours; lines that belong together share one.
        package var color: Int
        package var isDashed: Bool
        package var points: [Point]

        package init(_ name: String, color: Int, isDashed: Bool = false, _ points: [Point]) {
            self.name = name
            self.color = color
            self.isDashed = isDashed
            self.points = points
        }
    }

    package init(title: String, x: Caption, y: Caption, lines: [Line]) {
        self.title = title
        self.x = x
        self.y = y
        self.lines = lines
    }
}

/// Charts beside each other, two in a row, under one title.
package struct Figure {
    package var title: String
    package var charts: [Chart]

    package init(title: String, charts: [Chart]) {
        self.title = title
        self.charts = charts
    }
}
