extension JobSpec {
    /// The job as JSON on one line: keys sorted, defaults written out, in the format that `init(yaml:)`
    /// reads, so that a valid job reads back equal. Shards that the job does not name stay absent.
    public var canonicalJSON: String { document.json }
}

/// As the JSON object of the job file's format, checked like a file.
extension JobSpec: Codable {
    /// - Throws: `SpecError` for what is wrong with the job.
    public init(from decoder: any Decoder) throws {
        try self.init(checking: DocumentNode(from: decoder))
    }

    /// Writes what `canonicalJSON` says, in the encoder's own form.
    public func encode(to encoder: any Encoder) throws {
        try document.encode(to: encoder)
    }
}
