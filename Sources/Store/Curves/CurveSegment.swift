import GRDB
import Parallel

/// The part of one curve that one branch measured. A curve is its segments, one after another.
struct CurveSegment: Equatable {
    let name: String
    let branch: Int
    /// The steps of its first value and its last.
    let first: Int
    var last: Int

    /// Takes the arguments of `Lineage.ofOneBranch`, and a step that all segments begin after.
    ///
    /// Goes from name to name and from end to end in the table's key, however many values lie between.
    static let query = """
        WITH RECURSIVE \(Lineage.ofOneBranch),
        names (branch, last_step, name) AS (
            SELECT l.branch, l.last_step,
                (SELECT min(m.name) FROM metrics m WHERE m.job_id = ?1 AND m.branch = l.branch)
            FROM lineage l
            UNION ALL
            SELECT k.branch, k.last_step,
                (SELECT min(m.name) FROM metrics m
                WHERE m.job_id = ?1 AND m.branch = k.branch AND m.name > k.name)
            FROM names k WHERE k.name IS NOT NULL
        )
        SELECT k.branch, k.name,
            (SELECT min(m.step) FROM metrics m
            WHERE m.job_id = ?1 AND m.branch = k.branch AND m.name = k.name AND m.step > ?4
                AND m.step <= k.last_step) AS first,
            (SELECT max(m.step) FROM metrics m
            WHERE m.job_id = ?1 AND m.branch = k.branch AND m.name = k.name AND m.step > ?4
                AND m.step <= k.last_step) AS last
        FROM names k WHERE k.name IS NOT NULL
        """

    /// The curves of a branch and of those it comes from.
    ///
    /// - Returns: By name, the segments of each curve ascending and without a step in common: where two
    ///   branches have a value for one step, the younger one's counts.
    static func fetch(
        _ db: Database, job: Int, branch: Int, after since: Int = -1, upTo last: Int = .max
    ) throws -> [String: [CurveSegment]] {
        let statement = try db.cachedStatement(sql: query)
        let rows = try Row.fetchAll(statement, arguments: [job, branch, last, since])
        var curves: [String: [CurveSegment]] = [:]
        for row in rows {
            guard let first: Int = try row.decode(forColumn: "first") else { continue }
            let segment = CurveSegment(
                name: try row.decode(forColumn: "name"), branch: try row.decode(forColumn: "branch"),
                first: first,
                last: try row.decode(forColumn: "last"))
            curves[segment.name, default: []].append(segment)
        }
        return curves.mapValues(Self.parted)
    }

    private static func parted(_ segments: [CurveSegment]) -> [CurveSegment] {
        var younger = Int.max
        var parted: [CurveSegment] = []
        for var segment in segments.sorted(by: { $0.branch > $1.branch }) where segment.first < younger {
            segment.last = min(segment.last, younger - 1)
            younger = segment.first
            parted.append(segment)
        }
        return parted.reversed()
    }
}
