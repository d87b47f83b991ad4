import Foundation
import TestSupport

/// A program that trains as one of several processes, where the implementation of MPI is installed.
enum RankProgram {
    static let openMPI = Programs.directory + "/nnd-rank-openmpi"
    static let mpich = Programs.directory + "/nnd-rank-mpich"

    /// Whether both the program and what starts it are there.
    static func isThere(_ program: String, _ launcher: String) -> Bool {
        [program, launcher].allSatisfy { FileManager.default.isExecutableFile(atPath: $0) }
    }
}

/// What a run under `mpirun` came to.
struct RankRun {
    struct Report: Decodable {
        let digest: String
        let steps: Int
        let ranks: Int
    }

    let exit: ChildProcess.Exit
    let output: String
    let errors: String

    /// What rank 0 says of the run.
    func report() throws -> Report { try JSONDecoder().decode(Report.self, from: Data(output.utf8)) }

    /// Trains with Open MPI.
    ///
    /// - Parameters:
    ///   - arguments: Of the program.
    ///   - ranks: How many processes.
    ///   - options: Of `mpirun`.
    /// - Returns: When all of them have ended.
    /// - Throws: `ChildProcess.SpawnError`.
    static func openMPI(_ arguments: [String], ranks: Int, options: [String] = []) async throws -> RankRun {
        // More processes than cores must give way to each other.
        let options =
            ["-np", "\(ranks)", "--oversubscribe", "--bind-to", "none", "--mca", "mpi_yield_when_idle", "1"]
            + options
        return try await run("/usr/bin/mpirun.openmpi", options + [RankProgram.openMPI] + arguments)
    }

    /// Trains with MPICH.
    static func mpich(_ arguments: [String], ranks: Int) async throws -> RankRun {
        try await run("/usr/bin/mpirun.mpich", ["-np", "\(ranks)", RankProgram.mpich] + arguments)
    }

    /// The processes in whose command lines a word occurs.
    static func processes(naming word: String) -> [String] {
        let ids = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return ids.filter { id in
            Int(id) != nil
                && (try? String(contentsOfFile: "/proc/\(id)/cmdline", encoding: .utf8))?.contains(word)
                    == true
        }
    }

    private static func run(_ launcher: String, _ arguments: [String]) async throws -> RankRun {
        let directory = try TemporaryDirectory()
        defer { directory.remove() }
        let errors = directory.file("errors")
        let process = try ChildProcess(
            launcher, arguments,
            environment: [
                "PATH=/usr/bin:/bin", "TMPDIR=\(directory.path)", "HOME=\(directory.path)",
                "OMPI_ALLOW_RUN_AS_ROOT=1", "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1",
            ], capturing: 1, errors: errors)
        let (output, exit) = (await process.text, await process.ended)
        return RankRun(
            exit: exit, output: output,
            errors: (try? String(contentsOfFile: errors, encoding: .utf8)) ?? "")
    }
}
