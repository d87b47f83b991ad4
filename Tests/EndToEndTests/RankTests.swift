import Foundation
import Parallel
import Spec
import TestSupport
import Testing

@Suite(
    "A job on several processes under mpirun",
    .enabled(
        if: RankProgram.isThere(RankProgram.openMPI, "/usr/bin/mpirun.openmpi"),
        "Open MPI is not installed: apt-get install libopenmpi-dev openmpi-bin"),
    .serialized, .timeLimit(.minutes(15)))
struct RankTests {
    @Test("has the digest of one process, at 1 to 4 processes", arguments: RankJob.allCases)
    func sameBits(job: RankJob) async throws {
        let directory = try TemporaryDirectory()
        defer { directory.remove() }
        let path = try job.write(to: directory)
        let alone = try await RankJob.digest(of: path)
        for (ranks, workers) in [(1, 1), (2, 2), (3, 1), (4, 1)] {
            let run = try await RankRun.openMPI(
                ["train", path, "--workers", "\(workers)", "--json"], ranks: ranks)
            #expect(run.exit == .code(0), "\(run.errors)")
            let report = try run.report()
            #expect(report.digest == alone, "\(ranks) ranks of \(workers) workers")
            #expect(report.ranks == ranks)
        }
    }

    @Test("has it too with more processes than shards, over TCP, and with messages in parts")
    func otherWays() async throws {
        let directory = try TemporaryDirectory()
        defer { directory.remove() }
        let path = try RankJob.convolutional.write(to: directory)
        let changes = ["--set", "training.shards=2", "--set", "training.steps=15"]
        let alone = try await RankJob.digest(of: path, ["training.shards=2", "training.steps=15"])
        let arguments = ["train", path, "--json"] + changes
        for (more, options) in [
            (["--longest-message", "1000"], []), ([], ["--mca", "btl", "self,tcp"]),
        ] {
            let run = try await RankRun.openMPI(arguments + more, ranks: 3, options: options)
            #expect(run.exit == .code(0), "\(run.errors)")
            #expect(try run.report().digest == alone)
        }
    }

    @Test("that cannot be run ends on all processes with one sentence and exit code 65")
    func refusal() async throws {
        let directory = try TemporaryDirectory()
        defer { directory.remove() }
        let path = try RankJob.dropout.write(to: directory)
        let run = try await RankRun.openMPI(["train", path, "--set", "training.epochz=2"], ranks: 3)
        #expect(run.exit == .code(65))
        let sentences = run.errors.split(separator: "\n").filter { $0.hasPrefix("nnd-rank: ") }
        #expect(sentences.count == 1 && sentences.first?.contains("epochz") == true, "\(run.errors)")
    }

    @Test("that was asked for in wrong words is explained once, with exit code 64")
    func usage() async throws {
        let run = try await RankRun.openMPI(["train"], ranks: 3)
        #expect(run.exit == .code(64))
        #expect(run.errors.split(separator: "\n").count { $0.hasPrefix("Error: ") } == 1, "\(run.errors)")
    }

    @Test("whose processes compute with different instruction sets is refused")
    func instructionSets() async throws {
        let directory = try TemporaryDirectory()
        defer { directory.remove() }
        let path = try RankJob.dropout.write(to: directory)
        // A second program for mpirun, which oneDNN is told to go without newer instructions in.
        let second = ["-np", "1", "-x", "DNNL_MAX_CPU_ISA=SSE41", RankProgram.openMPI, "train", path]
        let run = try await RankRun.openMPI(["train", path, ":"] + second, ranks: 1)
        #expect(run.exit == .code(65))
        #expect(run.errors.contains("rank 1 with sse41"), "\(run.errors)")
    }

    @Test("that is portable has the bits of AVX2 on all processes")
    func portable() async throws {
        let directory = try TemporaryDirectory()
        defer { directory.remove() }
        let path = try RankJob.dropout.write(to: directory)
        let arguments = ["train", path, "--json"]
        let alone = try await RankRun.openMPI(arguments, ranks: 1, options: ["-x", "DNNL_MAX_CPU_ISA=AVX2"])
        let portable = arguments + ["--set", "cluster={ranks: 2, portable: true}"]
        let second = ["-np", "1", "-x", "DNNL_MAX_CPU_ISA=SSE41", RankProgram.openMPI] + portable
        let run = try await RankRun.openMPI(portable + [":"] + second, ranks: 1)
        #expect(run.exit == .code(0), "\(run.errors)")
        #expect(try run.report().digest == alone.report().digest)
    }

    @Test("of which one is killed leaves no process behind")
    func killed() async throws {
        let directory = try TemporaryDirectory()
        defer { directory.remove() }
        let path = try RankJob.dropout.write(to: directory)
        let train = [RankProgram.openMPI, "train", path, "--set", "training.steps=100000000"]
        // The kernel kills rank 1 when it has computed for a second.
        let second = ["-np", "1", "/bin/sh", "-c", "ulimit -t 1; exec \(train.joined(separator: " "))"]
        let run = try await RankRun.openMPI(Array(train.dropFirst()) + [":"] + second, ranks: 1)
        #expect(run.exit != .code(0))
        #expect(run.output.isEmpty)
        #expect(RankRun.processes(naming: path) == [])
    }

    @Test("that fails ends on all processes with the reason and exit code 1")
    func failure() async throws {
        let directory = try TemporaryDirectory()
        defer { directory.remove() }
        let path = try RankJob.dropout.write(to: directory)
        let run = try await RankRun.openMPI(
            ["train", path, "--set", "optimizer={sgd: {learning_rate: 1e38}}"], ranks: 3)
        #expect(run.exit == .code(1))
        #expect(run.errors.contains("nnd-rank: loss or gradient was not finite"), "\(run.errors)")
    }
}

@Suite(
    "A job on several processes under MPICH",
    .enabled(
        if: RankProgram.isThere(RankProgram.mpich, "/usr/bin/mpirun.mpich"),
        "MPICH is not installed: make test-mpich installs it"),
    .serialized, .timeLimit(.minutes(15)))
struct RankMPICHTests {
    @Test("has the digest of one process, at 1 to 4 processes", arguments: RankJob.allCases)
    func sameBits(job: RankJob) async throws {
        let directory = try TemporaryDirectory()
        defer { directory.remove() }
        let path = try job.write(to: directory)
        let alone = try await RankJob.digest(of: path)
        for ranks in 1...4 {
            let run = try await RankRun.mpich(["train", path, "--json"], ranks: ranks)
            #expect(run.exit == .code(0), "\(run.errors)")
            #expect(try run.report().digest == alone, "\(ranks) ranks")
        }
    }
}
