import ArgumentParser
import Control

/// The daemon's program; what it does is in `Commands`.
@main
struct NND: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "nnd",
        abstract: "Trains neural networks as a background service; nnctl controls it.",
        version: "nnd \(Version.current)",
        subcommands: [Serve.self, Bench.self, BenchCheckpoint.self])
}
