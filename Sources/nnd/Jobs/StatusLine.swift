import Control
import NIOCore

/// A job's status as it goes to those who follow the job.
struct StatusLine: Sendable {
    let status: JobStatus
    /// See ``Control/StatusUpdate/cursor``.
    let cursor: String?
    let bytes: ByteBuffer

    init(_ status: JobStatus) throws {
        let update = try StatusUpdate(status)
        self.status = status
        cursor = update.cursor
        bytes = ByteBuffer(bytes: try NDJSON.line(update))
    }
}
