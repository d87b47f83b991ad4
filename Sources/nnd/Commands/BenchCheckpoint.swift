package import ArgumentParser
import Control
import Foundation

/// `nnd bench-checkpoint`
package struct BenchCheckpoint: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "bench-checkpoint",
        abstract: "Measure how fast checkpoints are committed.",
        discussion: """
            Commits checkpoints of a model with Adam to a database that is removed after, each durable before the \
            next, and each letting an older one go. mib_per_s is that of the median.

            Example: nnd bench-checkpoint --parameters 5900000 --directory /var/lib/nnd
            """)

    @Option(help: "The model's parameters; a checkpoint holds three values of 4 bytes for each.")
    var parameters = 5_900_000

    @Option(help: "How many commits are measured.")
    var commits = 5

    @Option(help: "Where the database is made: on the disk that is to be measured.")
    var directory = "."

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
    }

    package func run() async throws {
        let result: CommitResult
        do {
            result = try await CommitBenchmark(
                parameters: parameters, commits: commits, directory: directory
            ).run()
        } catch let error as BenchError {
            FileHandle.standardError.write(Data("nnd: \(error)\n".utf8))
            throw ExitCode(error.status.rawValue)
        }
        let line =
            json
            ? String(decoding: try WireJSON.encode(result), as: UTF8.self)
            : "checkpoints of \(result.bytes) bytes: \(result.mibPerS) MiB/s"
        FileHandle.standardOutput.write(Data((line + "\n").utf8))
    }
}
