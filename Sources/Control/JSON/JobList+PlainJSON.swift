extension JobList: PlainJSON {
    func write(to text: inout JSONText) {
        text.reserve(800 * jobs.count)
        text.raw("{")
        text.key("jobs")
        text.array(jobs) { $1.write(to: &$0) }
        text.raw("}")
    }

    init(_ scanner: inout JSONScanner) throws(JSONScanner.Unfamiliar) {
        try scanner.expect("{")
        try scanner.key("jobs")
        self.init(jobs: try scanner.array { text throws(JSONScanner.Unfamiliar) in try JobStatus(&text) })
        try scanner.expect("}")
    }
}

extension StatusUpdate: PlainJSON {
    func write(to text: inout JSONText) {
        status.write(to: &text, cursor: .some(cursor))
    }

    init(_ scanner: inout JSONScanner) throws(JSONScanner.Unfamiliar) {
        var cursor: String?
        let status = try JobStatus(&scanner, cursor: &cursor, hasCursor: true)
        self.init(status: status, cursor: cursor)
    }
}
