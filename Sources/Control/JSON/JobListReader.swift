import Foundation

/// Reads a list of jobs as its text comes: while a daemon writes the later jobs, the earlier ones are read.
package struct JobListReader {
    private var bytes: [UInt8] = []
    private var jobs: [JobStatus] = []
    /// Behind what was read.
    private var position = 0

    package init() {}

    /// Bytes so far.
    var size: Int { bytes.count }

    /// The next piece of the text, cut anywhere.
    package mutating func take(_ piece: some Sequence<UInt8>) {
        // A thousand jobs; to grow with each piece would be to copy it all again and again.
        if bytes.isEmpty { bytes.reserveCapacity(1 << 20) }
        bytes.append(contentsOf: piece)
        var scanner = JSONScanner(bytes, from: position)
        if position == 0 {
            guard scanner.skip("{\"jobs\":[") else { return }
            position = scanner.position
        }
        // One that is not there as a whole, or not in this form, is tried again with the next piece.
        while jobs.isEmpty || scanner.skip(","), let job = try? JobStatus(&scanner) {
            jobs.append(job)
            position = scanner.position
        }
    }

    /// The list, when there are no more pieces.
    ///
    /// - Throws: `DecodingError` when the text is none.
    package consuming func list() throws -> JobList {
        var scanner = JSONScanner(bytes, from: position)
        let list = JobList(jobs: jobs)
        if position > 0, scanner.skip("]}"), scanner.isAtEnd, list.isWithinBounds { return list }
        return try WireJSON.decode(JobList.self, from: bytes)
    }
}
