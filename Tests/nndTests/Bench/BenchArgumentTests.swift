import ArgumentParser
import Control
import Foundation
import Parallel
import Spec
import TestSupport
import Testing
import nnd

@Suite("nnd bench: what it is told")
struct BenchArgumentTests {
    @Test("cases by name, files by path")
    func subjects() throws {
        #expect(try BenchSubject("mlp_s") == .bench(.small))
        #expect(try BenchSubject("lenet") == .bench(.lenet))
        #expect(try BenchSubject("job.yaml") == .file("job.yaml"))
        #expect(try BenchSubject("jobs/job") == .file("jobs/job"))
    }

    @Test("an unknown case is a usage error that names the nearest one")
    func unknown() {
        let error = #expect(throws: BenchError.self) { try BenchSubject("mpl_s") }
        #expect(error?.status == .usage)
        #expect(
            error?.description
                == "unknown case `mpl_s`, did you mean `mlp_s`? allowed here: mlp_s, mlp_m, mlp_l, lenet; "
                + "or name a job file by its path.")
    }

    @Test("numbers of workers")
    func workers() {
        #expect(WorkerCounts(argument: "2")?.counts == [2])
        #expect(WorkerCounts(argument: "1,2,8")?.counts == [1, 2, 8])
        #expect(WorkerCounts(argument: "auto")?.counts == [automaticWorkerCount()])
        for text in ["", "0", "-1", "1,", ",1", "two", "1.5", "1025", "99999999999999999999"] {
            #expect(WorkerCounts(argument: text) == nil)
        }
    }

    @Test(
        "mistakes are usage errors, exit code 64",
        arguments: [
            ["--workers", "0"], ["--workers", "1,x"], ["--seconds", "0"], ["--seconds", "-1"],
            ["--seconds", "nan"], ["--seconds", "1e9"], ["--seconds", "x"], ["--bogus"],
        ])
    func mistakes(words: [String]) {
        let error = #expect(throws: (any Error).self) { try Bench.parse(words) }
        #expect(error.map { Bench.exitCode(for: $0).rawValue } == 64)
    }

    @Test("good options are taken")
    func options() throws {
        for words in [
            [], ["mlp_s", "a.yaml", "--workers", "auto,4", "--seconds", "0.5", "--json", "--no-limit"],
        ] {
            #expect(throws: Never.self) { try Bench.parse(words) }
        }
    }

    @Test("a file that is not there, is no job, or has no data is bad input, in one sentence with its name")
    func files() throws {
        let directory = try TemporaryDirectory()
        defer { directory.remove() }
        func error(_ text: String?) throws -> BenchError? {
            let path = directory.file("job.yaml")
            if let text { try text.write(toFile: path, atomically: true, encoding: .utf8) }
            return #expect(throws: BenchError.self) { try BenchSubject(path).job(on: nil) }
        }
        let absent = try error(nil)
        #expect(absent?.status == .badInput)
        #expect(absent?.description == "\(directory.file("job.yaml")): the file cannot be read.")
        let wrong = try error("modle: {}")
        #expect(wrong?.status == .badInput)
        #expect(
            wrong?.description.contains("job.yaml:1: modle: unknown key `modle`") == true,
            "\(String(describing: wrong))")
        let empty = try error(
            """
            data: {train: {csv: {path: none.csv, label: y}}}
            model: {input: [2], layers: [{dense: {units: 2}}]}
            loss: softmax_cross_entropy
            optimizer: {sgd: {}}
            training: {epochs: 1}
            """)
        #expect(empty?.status == .badInput)
        #expect(empty?.description.contains("none.csv") == true, "\(String(describing: empty))")
    }
}
