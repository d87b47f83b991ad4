import Foundation
import Glibc
import Spec
import TestSupport
import TrainerWire
import nnd

/// Starts a program of the tests in the place of `mpirun`.
struct TestLauncher: TrainerLauncher {
    let arguments: [String]
    var program = TestLauncher.programs + "/trainer-program"

    /// How many ranks the trainer says that there are; nil as many as there are to be.
    var ranks: Int?

    func command(for cluster: ClusterSpec) -> HelperCommand {
        HelperCommand(
            keeper: Self.programs + "/nnd-keeper", program: program, arguments: arguments,
            environment: ["PATH": "/usr/bin:/bin", "TEST_RANKS": "\(ranks ?? cluster.ranks)"])
    }

    func probe(_ host: ClusterSpec.Host) -> HelperCommand {
        HelperCommand(
            keeper: Self.programs + "/nnd-keeper", program: "sh",
            arguments: ["-c", "case $0 in slow*) sleep 1000;; gone*) exit 1;; esac", host.name],
            environment: ["PATH": "/usr/bin:/bin"])
    }

    static let programs = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        .deletingLastPathComponent().path(percentEncoded: false)
}

/// The trainer that a launcher has started last, which notes its id in a file.
struct NotedTrainer {
    let file: String

    var launcher: TestLauncher { TestLauncher(arguments: ["serve", file]) }

    var id: pid_t? {
        (try? String(contentsOfFile: file, encoding: .utf8)).flatMap { pid_t($0) }
    }

    /// What keeps the trainer from leaving anything behind; the daemon's own child.
    var keeper: pid_t? {
        // proc(5): the parent is the second word after the name, which is in brackets.
        let words = id.flatMap { try? String(contentsOfFile: "/proc/\($0)/stat", encoding: .utf8) }?
            .split(separator: ")").last?.split(separator: " ")
        return words.flatMap { $0.count > 1 ? pid_t($0[1]) : nil }
    }

    func send(_ signal: Int32) {
        if let id { kill(id, signal) }
    }

    /// Whether it is there, dead or alive.
    var isThere: Bool { id.map { kill($0, 0) == 0 } ?? false }
}
