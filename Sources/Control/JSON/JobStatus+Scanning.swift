extension JobStatus {
    init(_ scanner: inout JSONScanner) throws(JSONScanner.Unfamiliar) {
        var cursor: String?
        try self.init(&scanner, cursor: &cursor, hasCursor: false)
    }

    /// Whether it is a ``StatusUpdate``, `hasCursor` says; its cursor then goes to `cursor`.
    init(
        _ scanner: inout JSONScanner, cursor: inout String?, hasCursor: Bool
    ) throws(JSONScanner.Unfamiliar) {
        try scanner.expect("{")
        try scanner.key("batch_size")
        let batchSize = try scanner.int()
        try scanner.key("created_at")
        let createdAt = try scanner.date()
        if hasCursor {
            try scanner.key("cursor")
            cursor = try scanner.optional { text throws(JSONScanner.Unfamiliar) in try text.string() }
        }
        try scanner.key("epoch")
        let epoch = try scanner.int()
        try scanner.key("eta_seconds")
        let etaSeconds = try scanner.optional { text throws(JSONScanner.Unfamiliar) in try text.double() }
        try scanner.key("finished_at")
        let finishedAt = try scanner.optional { text throws(JSONScanner.Unfamiliar) in try text.date() }
        try scanner.key("held")
        let held = try scanner.bool()
        try scanner.key("id")
        self.init(
            id: try scanner.int(), name: "", state: .queued, held: held, epoch: epoch, totalSteps: 0,
            workers: 0, shards: 0, batchSize: batchSize, etaSeconds: etaSeconds, createdAt: createdAt,
            finishedAt: finishedAt)
        try readMiddle(&scanner)
        try readRest(&scanner)
        try scanner.expect("}")
    }

    private mutating func readMiddle(_ scanner: inout JSONScanner) throws(JSONScanner.Unfamiliar) {
        try scanner.key("last_checkpoint")
        lastCheckpoint = try scanner.optional { text throws(JSONScanner.Unfamiliar) in
            try CheckpointReference(&text)
        }
        try scanner.key("loss")
        loss = try scanner.optional { text throws(JSONScanner.Unfamiliar) in try text.double() }
        try scanner.key("max_restarts")
        maxRestarts = try scanner.int()
        try scanner.key("metrics")
        metrics = try Self.metrics(&scanner)
        try scanner.key("name")
        name = try scanner.string()
        try scanner.key("owner")
        owner = try scanner.optional { text throws(JSONScanner.Unfamiliar) in try Owner(&text) }
        try scanner.key("priority")
        priority = try scanner.int()
        try scanner.key("ranks")
        ranks = try scanner.optional { text throws(JSONScanner.Unfamiliar) in try text.int() }
        try scanner.key("reason")
        reason = try scanner.optional { text throws(JSONScanner.Unfamiliar) in try text.string() }
        try scanner.key("restarts")
        restarts = try scanner.int()
        try scanner.key("revisions")
        revisions = try scanner.array { text throws(JSONScanner.Unfamiliar) in try Revision(&text) }
    }

    private mutating func readRest(_ scanner: inout JSONScanner) throws(JSONScanner.Unfamiliar) {
        try scanner.key("samples")
        samples = try scanner.int()
        try scanner.key("samples_per_second")
        samplesPerSecond = try scanner.optional { text throws(JSONScanner.Unfamiliar) in try text.double() }
        try scanner.key("shards")
        shards = try scanner.int()
        try scanner.key("started_at")
        startedAt = try scanner.optional { text throws(JSONScanner.Unfamiliar) in try text.date() }
        try scanner.key("state")
        guard let state = JobState(rawValue: try scanner.string()) else { throw JSONScanner.Unfamiliar() }
        self.state = state
        try scanner.key("step")
        step = try scanner.int()
        try scanner.key("total_epochs")
        totalEpochs = try scanner.optional { text throws(JSONScanner.Unfamiliar) in try text.int() }
        try scanner.key("total_steps")
        totalSteps = try scanner.int()
        try scanner.key("weights_digest")
        weightsDigest = try scanner.optional { text throws(JSONScanner.Unfamiliar) in try text.string() }
        try scanner.key("workers")
        workers = try scanner.int()
    }

    private static func metrics(
        _ scanner: inout JSONScanner
    ) throws(JSONScanner.Unfamiliar) -> [String: Double] {
        try scanner.expect("{")
        var metrics = [String: Double](minimumCapacity: 6)
        while !scanner.skip("}") {
            if !metrics.isEmpty { try scanner.expect(",") }
            let name = try scanner.string()
            try scanner.expect(":")
            let isNew = metrics.updateValue(try scanner.double(), forKey: name) == nil
            guard isNew else { throw JSONScanner.Unfamiliar() }
        }
        return metrics
    }
}

extension JobStatus.Owner {
    fileprivate init(_ scanner: inout JSONScanner) throws(JSONScanner.Unfamiliar) {
        try scanner.expect("{")
        try scanner.key("name")
        let name = try scanner.optional { text throws(JSONScanner.Unfamiliar) in try text.string() }
        try scanner.key("uid")
        self.init(uid: try scanner.int(), name: name)
        try scanner.expect("}")
    }
}

extension JobStatus.CheckpointReference {
    fileprivate init(_ scanner: inout JSONScanner) throws(JSONScanner.Unfamiliar) {
        try scanner.expect("{")
        try scanner.key("id")
        let id = try scanner.int()
        try scanner.key("step")
        self.init(id: id, step: try scanner.int())
        try scanner.expect("}")
    }
}

extension JobStatus.Revision {
    fileprivate init(_ scanner: inout JSONScanner) throws(JSONScanner.Unfamiliar) {
        try scanner.expect("{")
        try scanner.key("at")
        let at = try scanner.date()
        try scanner.key("branch")
        let branch = try scanner.int()
        try scanner.key("changes")
        let changes = try scanner.array { text throws(JSONScanner.Unfamiliar) in try text.string() }
        try scanner.key("number")
        self.init(number: try scanner.int(), branch: branch, changes: changes, at: at)
        try scanner.expect("}")
    }
}
