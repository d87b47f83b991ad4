import GRDB
import Parallel

/// Reads one curve, whole or thinned.
struct CurveReader {
    let db: Database
    let job: Int
    /// Ascending, not empty.
    let segments: [CurveSegment]

    /// Takes job, branch, name, first step and last step.
    static let values = """
        SELECT step, epoch, name, value FROM metrics
        WHERE job_id = ? AND branch = ? AND name = ? AND step BETWEEN ? AND ? ORDER BY step LIMIT ?
        """

    /// Takes job, branch, name, first step, last step, the step of the grid's first point, how far it
    /// reaches, how many gaps it has, and the first and the last point that lie in the segment.
    ///
    /// Each point's value is looked up twice in a row on the same page; the page is read once. Of two points that no value
    /// lies between both give the one behind them.
    static let thinned = """
        WITH RECURSIVE points (number) AS (
            SELECT ?9 UNION ALL SELECT number + 1 FROM points WHERE number < ?10
        )
        SELECT v.step, v.epoch, v.name, v.value FROM points CROSS JOIN metrics v
        WHERE v.job_id = ?1 AND v.branch = ?2 AND v.name = ?3 AND v.step = (
            SELECT min(m.step) FROM metrics m
            WHERE m.job_id = ?1 AND m.branch = ?2 AND m.name = ?3
                AND m.step BETWEEN max(?4, ?6 + ?7 / ?8 * number + ?7 % ?8 * number / ?8) AND ?5)
        """

    /// - Parameter limit: The most values; nil for all. A curve with more is thinned evenly over its steps, with the first
    ///   value and the last, so that curves that were measured at the same steps keep the same ones.
    /// - Returns: Ascending by step.
    /// - Throws: What SQLite says.
    func read(limit: Int?) throws -> [MetricRow] {
        guard let limit else { return try first(.max) }
        let whole = try first(limit + 1)
        return whole.count <= limit ? whole : try thinned(to: limit)
    }

    /// - Returns: So many of the first values, none of them behind a step; ascending.
    func first(_ most: Int, upTo last: Int = .max) throws -> [MetricRow] {
        let statement = try db.cachedStatement(sql: Self.values)
        var rows: [MetricRow] = []
        for segment in segments where rows.count < most && segment.first <= last {
            let arguments: StatementArguments = [
                job, segment.branch, segment.name, segment.first, min(segment.last, last), most - rows.count,
            ]
            rows += try Row.fetchAll(statement, arguments: arguments).map(MetricRow.init(row:))
        }
        return rows
    }

    private func thinned(to limit: Int) throws -> [MetricRow] {
        guard let first = segments.first?.first, let last = segments.last?.last else { return [] }
        let gaps = max(1, limit - 1)
        let span = last - first
        let statement = try db.cachedStatement(sql: Self.thinned)
        var rows: [MetricRow] = []
        // Between two segments lies no value, so a point there stands for the first one of the next.
        var next = 0
        for segment in segments {
            let end = lastPoint(of: gaps, over: span, upTo: segment.last - first)
            guard next <= end else { continue }
            let arguments: StatementArguments = [
                job, segment.branch, segment.name, segment.first, segment.last, first, span, gaps, next, end,
            ]
            let values = try Row.fetchCursor(statement, arguments: arguments)
            while let row = try values.next() {
                let value = try MetricRow(row: row)
                if value.step != rows.last?.step { rows.append(value) }
            }
            next = end + 1
        }
        return rows
    }

    /// The number of the last point that is at most `distance` from the grid's first one.
    private func lastPoint(of gaps: Int, over span: Int, upTo distance: Int) -> Int {
        var (low, high) = (0, gaps)
        while low < high {
            let middle = (low + high + 1) / 2
            if span / gaps * middle + span % gaps * middle / gaps <= distance {
                low = middle
            } else {
                high = middle - 1
            }
        }
        return low
    }
}
