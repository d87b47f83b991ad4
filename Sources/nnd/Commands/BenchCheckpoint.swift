package import ArgumentParser
import Control
import Foundation
package import Parallel

/// `nnd bench-checkpoint`
package struct BenchCheckpoint: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "bench-checkpoint",
        abstract: "Measure how fast checkpoints are committed.",
        discussion: """
            Commits checkpoints of a model with Adam to a database that is removed after, each durable before the \
            next, and each letting an older one go. mib_per_s is that of the median.

            With --training it trains a case of `nnd bench` instead, in turn without checkpoints and with one a second, and \
            says how long each held the training up and what they cost in steps a second.

            Example: nnd bench-checkpoint --parameters 5900000 --directory /var/lib/nnd
            """)

    @Option(help: "The model's parameters; a checkpoint holds three values of 4 bytes for each.")
    var parameters = 5_900_000

    @Option(help: "How many commits are measured.")
    var commits = 5

    @Option(help: "Where the database is made: on the disk that is to be measured.")
    var directory = "."

    @Option(help: "A case of `nnd bench` to train: mlp_s, mlp_m, mlp_l or lenet.")
    var training: BenchCase?

    @Option(help: "How often each way is measured, with --training.")
    var rounds = 5

    @Flag(help: "One JSON object.")
    var json = false

    package init() {}

    package func validate() throws {
        guard (1...100_000_000).contains(parameters) else {
            throw ValidationError("--parameters: expected a number from 1 to 100000000, found \(parameters).")
        }
        guard (1...10_000).contains(commits) else {
            throw ValidationError("--commits: expected a number from 1 to 10000, found \(commits).")
        }
        guard (1...100).contains(rounds) else {
            throw ValidationError("--rounds: expected a number from 1 to 100, found \(rounds).")
        }
    }

    package func run() async throws {
        do {
            if let training {
                let result = try await CommitBenchmark.withStore(in: directory) { store in
                    try await StallBenchmark(
                        subject: training, workers: automaticWorkerCount(), rounds: rounds, store: store
                    ).run()
                }
                try print(result, line: result.line)
            } else {
                let result = try await CommitBenchmark(
                    parameters: parameters, commits: commits, directory: directory
                ).run()
                try print(result, line: "checkpoints of \(result.bytes) bytes: \(result.mibPerS) MiB/s")
            }
        } catch let error as BenchError {
            FileHandle.standardError.write(Data("nnd: \(error)\n".utf8))
            throw ExitCode(error.status.rawValue)
        }
    }

    private func print(_ result: some Encodable, line: String) throws {
        let line = json ? String(decoding: try WireJSON.encode(result), as: UTF8.self) : line
        FileHandle.standardOutput.write(Data((line + "\n").utf8))
    }
}

extension BenchCase: ExpressibleByArgument {}
