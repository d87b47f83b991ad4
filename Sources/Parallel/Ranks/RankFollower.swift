import NN
import Tensor

/// A rank other than 0: it trains and scores its share as rank 0's coordinator says, until that says that the run is over.
package struct RankFollower: Sendable {
    private let job: TrainingJob
    private let exchange: StepExchange
    private let clock = StepClock()
    private let cores: Int

    /// - Parameters:
    ///   - job: The same as that of rank 0.
    ///   - link: With the other ranks.
    package init(job: TrainingJob, link: RankLink) {
        self.job = job
        let state = TrainingState(job, isReceived: true)
        exchange = StepExchange(link, job, state, StepMemory(job, optimizer: state.optimizer))
        cores = link.coresToUse
    }

    /// Does what rank 0 says. Returns when the run is over.
    /// - Throws: `TrainingFailure` when rank 0 is of another program.
    package func run() async throws {
        await exchange.begin()
        var workers: [Worker] = []
        var order = EpochRows()
        while true {
            switch try await exchange.link.nextCommand() {
            case .train(let cursor, let steps, let rateFactor, let count):
                resize(&workers, to: count)
                let run = StepRun(
                    job: job, state: exchange.state, memory: exchange.memory, start: cursor,
                    order: order.rows(ofEpoch: cursor.epoch, job), steps: steps, rateFactor: rateFactor,
                    workers: count, cores: cores, deadline: .now, clock: clock, exchange: exchange)
                _ = await run.train(on: workers)
            case .score(let chunks, let count):
                resize(&workers, to: count)
                guard let data = job.validation else { continue }
                let run = EvaluationRun(data, loss: job.loss, metrics: job.metrics)
                // Rank 0 has been told, and ends the run.
                _ = try? await exchange.score(chunks, of: run, on: workers)
            case .gatherState: await exchange.gatherState()
            case .end: return
            }
        }
    }

    private func resize(_ workers: inout [Worker], to count: Int) {
        while workers.count > count { workers.removeLast() }
        while workers.count < count {
            workers.append(Worker(index: workers.count, model: job.model, state: exchange.state))
        }
    }
}

extension RankLink {
    /// How many of the machine's cores are this rank's, if all ranks on it take as many.
    var coresToUse: Int { max(1, automaticWorkerCount() / max(1, group.ranksOnHost)) }
}
