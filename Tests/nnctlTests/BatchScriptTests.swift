import Foundation
import Glibc
import TestSupport
import Testing
import nnctl

@Suite("The script that Slurm is given")
struct BatchScriptTests {
    /// Runs the script with programs in the place of Slurm's and of ours, which write down what they are told.
    private func run(
        _ arguments: [String], directory: TemporaryDirectory, isKnown: Bool = false, exit: Int32 = 0
    ) throws -> (status: Int32, said: [String]) {
        let said = directory.file("said")
        try program(
            "nnd", in: directory,
            "echo \"nnd $*\" >>'\(said)'; sleep 1000 & trap 'kill $!; exit 0' TERM; wait")
        try program(
            "nnctl", in: directory,
            """
            echo "nnctl $*" >>'\(said)'
            [ "$1" = status ] && exit \(isKnown ? 0 : 66)
            [ "$1" = follow ] && exit \(exit)
            exit 0
            """)
        let script = BatchScript(
            name: "it's a job", ranks: 3, directory: directory.file("100% $HOME"), nnd: directory.file("nnd"),
            nnctl: directory.file("nnctl"), arguments: arguments, options: ["time=1:00:00"])
        let path = directory.file("job.sh")
        try script.text.write(toFile: path, atomically: true, encoding: .utf8)
        let process = Process()
        process.executableURL = URL(filePath: "/bin/bash")
        process.arguments = [path]
        process.environment = ["PATH": "/usr/bin:/bin", "TMPDIR": directory.path]
        // The threads of tests hold signals back, and so would the script.
        var (none, before) = (sigset_t(), sigset_t())
        sigemptyset(&none)
        pthread_sigmask(SIG_SETMASK, &none, &before)
        defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
        try process.run()
        process.waitUntilExit()
        let lines = try String(contentsOfFile: said, encoding: .utf8).split(separator: "\n").map(String.init)
        return (process.terminationStatus, lines)
    }

    private func program(_ name: String, in directory: TemporaryDirectory, _ text: String) throws {
        let path = directory.file(name)
        try "#!/bin/bash\n\(text)\n".write(toFile: path, atomically: true, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
    }

    @Test("starts the job under a daemon of its own, and ends as the job does")
    func fresh() throws {
        let directory = try TemporaryDirectory()
        defer { directory.remove() }
        let run = try run(
            ["/jobs/a b.yaml", "--set", "x='y'"], directory: directory, exit: 3)
        #expect(run.status == 3)
        let start =
            "nnctl start --no-spawn --name it's a job --launcher srun --ranks 3 /jobs/a b.yaml --set x='y'"
        #expect(run.said.contains(start), "\(run.said)")
        #expect(
            run.said.contains {
                $0.hasPrefix("nnd serve --state-dir \(directory.file("100% $HOME")) --socket ")
            })
    }

    @Test("starts no second one when it is requeued")
    func requeued() throws {
        let directory = try TemporaryDirectory()
        defer { directory.remove() }
        let run = try run(["/a.yaml"], directory: directory, isKnown: true)
        #expect(run.status == 0 && !run.said.contains { $0.hasPrefix("nnctl start") })
        #expect(run.said.last == "nnctl follow it's a job")
    }

    @Test("says what Slurm is to do, where only the shell would read quotes otherwise")
    func options() {
        let text = BatchScript(
            name: "a", ranks: 2, directory: "/s p/100%", nnd: "/nnd", nnctl: "/nnctl", arguments: [],
            options: ["time=5"]
        ).text
        for line in [
            "#SBATCH --job-name=\"a\"", "#SBATCH --ntasks=2", "#SBATCH --requeue", "#SBATCH --time=\"5\"",
            "#SBATCH --output=\"/s p/100%%/slurm.log\"", "#SBATCH --signal=B:USR1@120",
        ] { #expect(text.contains(line + "\n")) }
    }
}
