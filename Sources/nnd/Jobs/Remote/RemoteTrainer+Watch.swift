import Parallel
import TrainerWire

/// Watching that the trainer lives and goes on.
extension RemoteTrainer {
    /// Gives the trainer up when nothing at all comes from it for long, or no progress.
    ///
    /// What is counted are looks, not the clock: a daemon that was stopped itself, with the machine for example, has not
    /// heard anything either.
    func watch(_ helper: HelperProcess, _ connection: Connection) async {
        let interval = limits.silence / 8
        var (bytes, heard, seen) = (UInt64(0), signs, Duration.zero)
        var (silence, reading) = (Duration.zero, Duration.zero)
        while (try? await Task.sleep(for: interval)) != nil {
            let isSilent = connection.receivedBytes == bytes
            bytes = connection.receivedBytes
            silence = isSilent ? silence + interval : .zero
            if silence > limits.silence {
                return giveUp(helper, connection, "nothing was heard of it for \(seconds(silence))")
            }
            guard case .training = phase else {
                reading += interval
                if reading > limits.first {
                    return giveUp(helper, connection, "it was not ready after \(seconds(reading))")
                }
                continue
            }
            guard !commits.isWaitedFor, signs == heard else {
                (heard, seen) = (signs, .zero)
                continue
            }
            // A snapshot on its way is progress.
            if !isSilent, connection.isReceivingSnapshot { seen = .zero } else { seen += interval }
            let patience = limits.patience(
                medianStep: timings.steps.median, batchSize: min(job.plan.batchSize, job.plan.samples),
                scored: job.samplesScoredAtATime(workers: perRank * ranks))
            if seen > patience {
                return giveUp(helper, connection, "it made no progress for \(seconds(seen))")
            }
        }
    }

    /// The trainer does what it must not: the connection with it ends.
    func lose(_ reason: String) {
        guard case .training(let helper, let connection) = phase else { return }
        giveUp(helper, connection, reason)
    }

    private func giveUp(_ helper: HelperProcess, _ connection: Connection, _ reason: String) {
        loss = loss ?? TrainerLost("the trainer was given up: \(reason)")
        helper.end()
        connection.end()
    }

    private func seconds(_ duration: Duration) -> String {
        "\(Int((duration / .seconds(1)).rounded())) s"
    }
}
