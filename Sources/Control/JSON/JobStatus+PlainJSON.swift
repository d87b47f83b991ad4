/// The members in the order of their names, as everywhere. A test holds both directions against `Codable`.
extension JobStatus: PlainJSON {
    func write(to text: inout JSONText) {
        write(to: &text, cursor: nil)
    }

    /// The cursor is that of a ``StatusUpdate``, which is one member more.
    func write(to text: inout JSONText, cursor: String??) {
        text.raw("{")
        text.key("batch_size")
        text.value(batchSize)
        text.key("created_at")
        text.value(createdAt)
        if let cursor {
            text.key("cursor")
            text.value(cursor) { $0.value($1) }
        }
        text.key("epoch")
        text.value(epoch)
        text.key("eta_seconds")
        text.value(etaSeconds) { $0.value($1) }
        text.key("finished_at")
        text.value(finishedAt) { $0.value($1) }
        text.key("held")
        text.value(held)
        text.key("id")
        text.value(id)
        text.key("last_checkpoint")
        text.value(lastCheckpoint) { $1.write(to: &$0) }
        text.key("loss")
        text.value(loss) { $0.value($1) }
        text.key("max_restarts")
        text.value(maxRestarts)
        text.key("metrics")
        write(metrics, to: &text)
        text.key("name")
        text.value(name)
        writeRest(to: &text)
        text.raw("}")
    }

    private func writeRest(to text: inout JSONText) {
        text.key("owner")
        text.value(owner) { $1.write(to: &$0) }
        text.key("priority")
        text.value(priority)
        text.key("ranks")
        text.value(ranks) { $0.value($1) }
        text.key("reason")
        text.value(reason) { $0.value($1) }
        text.key("restarts")
        text.value(restarts)
        text.key("revisions")
        text.array(revisions) { $1.write(to: &$0) }
        text.key("samples")
        text.value(samples)
        text.key("samples_per_second")
        text.value(samplesPerSecond) { $0.value($1) }
        text.key("shards")
        text.value(shards)
        text.key("started_at")
        text.value(startedAt) { $0.value($1) }
        text.key("state")
        text.value(state.rawValue)
        text.key("step")
        text.value(step)
        text.key("total_epochs")
        text.value(totalEpochs) { $0.value($1) }
        text.key("total_steps")
        text.value(totalSteps)
        text.key("weights_digest")
        text.value(weightsDigest) { $0.value($1) }
        text.key("workers")
        text.value(workers)
    }

    private func write(_ metrics: [String: Double], to text: inout JSONText) {
        text.raw("{")
        for (index, metric) in metrics.sorted(by: { $0.key < $1.key }).enumerated() {
            if index > 0 { text.raw(",") }
            text.value(metric.key)
            text.raw(":")
            text.value(metric.value)
        }
        text.raw("}")
    }
}

extension JobStatus.Owner {
    fileprivate func write(to text: inout JSONText) {
        text.raw("{")
        text.key("name")
        text.value(name) { $0.value($1) }
        text.key("uid")
        text.value(uid)
        text.raw("}")
    }
}

extension JobStatus.CheckpointReference {
    fileprivate func write(to text: inout JSONText) {
        text.raw("{")
        text.key("id")
        text.value(id)
        text.key("step")
        text.value(step)
        text.raw("}")
    }
}

extension JobStatus.Revision {
    fileprivate func write(to text: inout JSONText) {
        text.raw("{")
        text.key("at")
        text.value(at)
        text.key("branch")
        text.value(branch)
        text.key("changes")
        text.array(changes) { $0.value($1) }
        text.key("number")
        text.value(number)
        text.raw("}")
    }
}
