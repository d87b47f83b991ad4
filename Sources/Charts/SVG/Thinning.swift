/// A run of points, in pixels and from the left to the right, without those that nobody can see: of all that lie in one column of
/// pixels the first, the lowest, the highest and the last stay, so that no peak is lost.
func thinned(_ points: [(x: Double, y: Double)]) -> [(x: Double, y: Double)] {
    guard points.count > 1000 else { return points }
    var kept: [(x: Double, y: Double)] = []
    var start = points.startIndex
    while start < points.endIndex {
        let column = points[start].x.rounded(.down)
        var end = start
        var (lowest, highest) = (start, start)
        while end < points.endIndex, points[end].x.rounded(.down) == column {
            if points[end].y < points[lowest].y { lowest = end }
            if points[end].y > points[highest].y { highest = end }
            end += 1
        }
        kept += Set([start, lowest, highest, end - 1]).sorted().map { points[$0] }
        start = end
    }
    return kept
}
