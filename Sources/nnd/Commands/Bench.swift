import ArgumentParser
import Control
import Foundation

/// `nnd bench` has its place here, and says that it is not there yet.
struct Bench: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Measure the engine without a daemon (not available in this version).")

    @Argument(parsing: .allUnrecognized, help: .hidden)
    var ignored: [String] = []

    func run() throws {
        FileHandle.standardError.write(Data("nnd: `nnd bench` is not available in this version.\n".utf8))
        throw ExitCode(Control.ExitStatus.usage.rawValue)
    }
}
