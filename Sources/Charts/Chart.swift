/// Lines over a horizontal axis.
package struct Chart: Sendable {
    package var title: String
    package var x: Caption
    package var y: Caption
    package var lines: [Line]
    /// What lines of one kind have in common, for the legend.
    package var keys: [Key] = []

    /// What an axis shows.
    package struct Caption: Sendable {
        package var title: String
        package var scale: Axis.Scale

        package init(_ title: String, _ scale: Axis.Scale = .linear) {
            self.title = title
            self.scale = scale
        }
    }

    package struct Point: Equatable, Sendable {
        package var x: Double
        package var y: Double

        package init(_ x: Double, _ y: Double) {
            self.x = x
            self.y = y
        }
    }

    /// A line with its entry in the legend.
    package struct Line: Sendable {
        package var name: String
        /// Counted through the colours; lines that belong together share one.
        package var color: Int
        package var isDashed: Bool
        /// Whether the legend names it.
        package var isListed: Bool
        package var points: [Point]

        package init(
            _ name: String, color: Int, isDashed: Bool = false, isListed: Bool = true, _ points: [Point]
        ) {
            self.name = name
            self.color = color
            self.isDashed = isDashed
            self.isListed = isListed
            self.points = points
        }
    }

    /// An entry of the legend that belongs to no line.
    package struct Key: Sendable {
        package var name: String
        package var isDashed: Bool

        package init(_ name: String, isDashed: Bool) {
            self.name = name
            self.isDashed = isDashed
        }
    }

    package init(title: String, x: Caption, y: Caption, lines: [Line], keys: [Key] = []) {
        self.keys = keys
        self.title = title
        self.x = x
        self.y = y
        self.lines = lines
    }
}

/// Charts beside each other, two in a row, under one title.
package struct Figure: Sendable {
    package var title: String
    package var charts: [Chart]

    package init(title: String, charts: [Chart]) {
        self.title = title
        self.charts = charts
    }
}
