import Control
import Foundation
import Glibc

/// A batch job that Slurm has taken.
struct BatchJob: Encodable {
    /// Slurm's number.
    let id: String
    let script: String
    let directory: String

    private enum CodingKeys: String, CodingKey {
        case script, directory
        case id = "slurm_job_id"
    }

    /// Writes the script and submits it.
    ///
    /// - Throws: `Failure`: `cannotCreate` where there is a job already or `sbatch` refuses it.
    init(_ script: BatchScript, environment: [String: String]) throws(Failure) {
        directory = script.directory
        self.script = script.directory + "/job.sh"
        guard !directory.contains(where: \.isNewline) else {
            throw Failure(.usage, "--state-dir: the path of a batch job's directory has no line breaks.")
        }
        guard let sbatch = SearchPath.program("sbatch", searchPath: environment["PATH"]) else {
            throw Failure(
                .cannotCreate,
                "There is no sbatch on the search path; --launcher slurm needs Slurm's programs.")
        }
        // Others may not look into the daemon's state.
        guard unsafe mkdir(directory, 0o700) == 0 else {
            if errno == EEXIST {
                throw Failure(
                    .cannotCreate,
                    "\(directory.printable) is there already, of another job; name another directory with --state-dir."
                )
            }
            throw .system(.cannotCreate, "cannot create \(directory.printable)")
        }
        do throws(Failure) {
            let file = try NewFile(path: self.script, replacing: false)
            try file.write(Array(script.text.utf8))
            try file.keep()
            id = try Self.submit(self.script, with: sbatch)
        } catch {
            unsafe unlink(self.script)
            unsafe rmdir(directory)
            throw error
        }
    }

    private static func submit(_ script: String, with sbatch: String) throws(Failure) -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: sbatch)
        process.arguments = ["--parsable", script]
        let (output, errors) = (Pipe(), Pipe())
        (process.standardOutput, process.standardError) = (output, errors)
        do { try process.run() } catch {
            throw Failure(.cannotCreate, "cannot start \(sbatch): \(error.localizedDescription)")
        }
        // A few lines, which no pipe is too small for.
        let said = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        let complaint = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        guard process.terminationStatus == 0,
            let id = said.split(whereSeparator: { $0 == ";" || $0.isNewline }).first
        else {
            let lines = complaint.split(whereSeparator: \.isNewline).map { String($0).printable }
            throw Failure(
                .cannotCreate, "sbatch refuses \(script.printable): \(lines.joined(separator: " "))")
        }
        return String(id)
    }
}
