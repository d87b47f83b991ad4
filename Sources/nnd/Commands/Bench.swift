package import ArgumentParser
import Control
import Foundation
import Parallel
import Spec

/// `nnd bench`
package struct Bench: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        abstract: "Measure the speed of training without a daemon.",
        discussion: """
            Trains through the workers that jobs have, on data in memory, without validation and checkpoints. \
            samples_per_s is the speed in the fastest third of the time that is measured, \
            samples_per_s_median that in the middle one. fraction_of_limit compares the former with the \
            step's matrix products alone, on as many threads in this process; where layers are not all \
            dense, with the step's multiply-adds at the rate of a large product.

            Example: nnd bench mlp_m --workers 1,2
            """)

    @Argument(
        help: """
            What is measured: \(BenchCase.names.joined(separator: ", ")), or a job file \
            (default: all four).
            """)
    var subjects: [String] = []

    @Option(help: "Numbers of workers, with commas between them; `auto` is the CPUs that there are.")
    var workers: String = "auto"

    @Option(help: "How long each is measured.")
    var seconds = 4.0

    @Flag(help: "One JSON object a line.")
    var json = false

    @Flag(inversion: .prefixedNo, help: "Measure the limit too.")
    var limit = true

    package init() {}

    package func validate() throws {
        guard WorkerCounts(argument: workers) != nil else {
            throw ValidationError(
                "--workers: expected auto or numbers from 1 to \(Coordinator.largestWorkerCount) with commas, "
                    + "found \(workers).")
        }
        guard seconds > 0, seconds <= 60 else {
            throw ValidationError("--seconds: expected a number above 0 and at most 60, found \(seconds).")
        }
    }

    package func run() async throws {
        do {
            try await measureAll()
        } catch let error as BenchError {
            FileHandle.standardError.write(Data("nnd: \(error)\n".utf8))
            throw ExitCode(error.status.rawValue)
        }
    }

    private func measureAll() async throws {
        let words = subjects.isEmpty ? BenchCase.names : subjects
        let subjects = try words.map { word throws(BenchError) in try BenchSubject(word) }
        var samples: BenchSamples?
        var results: [BenchResult] = []
        for subject in subjects {
            if case .bench = subject, samples == nil {
                samples = try await BlockingWork.run { BenchSamples() }
            }
            let job = try await BlockingWork.run { [samples] in try subject.job(on: samples) }
            if !json, results.isEmpty { write(BenchTable.header) }
            for count in WorkerCounts(argument: workers)?.counts ?? [] {
                let result = try await measure(job, workers: count)
                results.append(result)
                write(
                    json
                        ? String(decoding: try WireJSON.encode(result), as: UTF8.self)
                        : BenchTable.row(result))
            }
        }
        if !json { write(BenchTable.notes(results)) }
    }

    private func measure(_ job: TrainingJob, workers: Int) async throws -> BenchResult {
        let benchmark = StepBenchmark(job: job, workers: workers, duration: .seconds(seconds))
        let measurement = try await benchmark.run()
        let (spec, isLimitWanted) = (job.spec, limit)
        let limit = try await BlockingWork.run {
            isLimitWanted
                ? try StepLimit(
                    spec.model, batchSize: spec.training.batchSize,
                    threads: min(workers, automaticWorkerCount())) : nil
        }
        return BenchResult(
            case: spec.name, workers: workers, shards: job.plan.shards, batchSize: spec.training.batchSize,
            measurement, limit: limit)
    }

    private func write(_ line: String) {
        FileHandle.standardOutput.write(Data((line + "\n").utf8))
    }
}
