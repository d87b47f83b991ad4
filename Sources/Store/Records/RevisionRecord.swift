package import Foundation
import GRDB

/// A change of what decides a job's weights that a resume has made: of its spec, or of what it runs on.
package struct RevisionRecord: Sendable, Equatable {
    /// Counted from 1 within the job.
    package let number: Int
    /// The branch that it began.
    package let branch: Int
    /// As they were written: `optimizer.adam.learning_rate=1e-4`; or `changedConditions`.
    package let changes: [String]
    package let at: Date

    /// What stands among the changes when the job was told to go on although its data or its instruction set differ.
    package static let changedConditions = "other data or instruction set"

    /// Whether what was trained before it cannot be trained again on what the job runs on since.
    package var changesConditions: Bool { changes.contains(Self.changedConditions) }
}

extension RevisionRecord {
    /// A column with all revisions of job `j` as JSON, so that a job comes with them in one query.
    static let column = """
        CASE WHEN EXISTS (SELECT 1 FROM revisions r WHERE r.job_id = j.id) THEN (
            SELECT json_group_array(
                json_object('number', r.number, 'branch', r.branch, 'changes', json(r.changes_json),
                    'at', r.created_at))
            FROM revisions r WHERE r.job_id = j.id
        ) ELSE '[]' END
        """

    /// - Parameter json: The value of `column`.
    /// - Returns: The revisions, ascending by number.
    /// - Throws: `StoreError` when it is not as `column` makes it.
    static func decode(_ json: String) throws(StoreError) -> [RevisionRecord] {
        struct Entry: Decodable {
            let number: Int
            let branch: Int
            let changes: [String]
            let at: Int64
        }
        // Nearly every job, in every look at it.
        if json == "[]" { return [] }
        guard let entries = try? JSONDecoder().decode([Entry].self, from: Data(json.utf8)) else {
            throw StoreError(.damaged, "the database holds revisions that cannot be read: \(json)")
        }
        return entries.sorted { $0.number < $1.number }.map {
            RevisionRecord(
                number: $0.number, branch: $0.branch, changes: $0.changes, at: Date(milliseconds: $0.at))
        }
    }
}
