/// The way from a job's branch back to its beginning, as a common table expression for `WITH RECURSIVE`.
///
/// `lineage (job_id, branch, last_step)`: what training went through lies, in each branch, at steps up to
/// `last_step`, where the next branch forks off. On the way back it never rises, because `Commit` lets no
/// branch go behind its own fork. It ends even in a damaged database whose branches go round in a circle.
enum Lineage {
    /// Inside of a query that has the job as `j`.
    static let ofJobInQuery = expression(start: "SELECT j.id, j.branch, \(Int.max)")
    /// Takes the job's id as the first argument.
    static let ofOneJob = expression(start: "SELECT id, branch, \(Int.max) FROM jobs WHERE id = ?1")
    /// Takes a job's id, a branch of it and the last step as the first three arguments.
    static let ofOneBranch = expression(start: "SELECT ?1, ?2, ?3")
    /// Takes the id of the checkpoint as the first argument; begins at its step of its branch.
    static let ofOneCheckpoint = expression(
        start: "SELECT job_id, branch, step FROM checkpoints WHERE id = ?1")

    /// The row `s`, of a table with rows for some branches, of the last branch on the way that has one; follows `FROM`.
    static func nearest(_ table: String) -> String {
        """
        lineage l JOIN \(table) s ON s.job_id = l.job_id AND s.branch = l.branch ORDER BY l.branch DESC LIMIT 1
        """
    }

    private static func expression(start: String) -> String {
        """
        lineage (job_id, branch, last_step) AS (
            \(start)
            UNION ALL
            SELECT b.job_id, b.parent_branch, b.fork_step
            FROM lineage l
            JOIN branches b ON b.job_id = l.job_id AND b.number = l.branch
            WHERE b.parent_branch < b.number
        )
        """
    }
}
