import Datasets
import Foundation
import Parallel
import Spec
import TestSupport
import Testing

@Suite("A rank whose samples become unreadable", .timeLimit(.minutes(15)))
struct RankFailureTests {
    /// Trains on three ranks, each with files of its own, one of which is cut short, or cannot be read any more, at the first
    /// checkpoint.
    private func train(
        cutting rank: Int, everySteps: Int, unreadable: Bool = false,
        _ change: (inout JobSpec) -> Void = { _ in }
    ) async throws -> (outcome: Result<TrainingOutcome, any Error>, steps: [Int], path: String) {
        let folders = try (0..<3).map { _ in try TemporaryDirectory() }
        defer { for folder in folders { folder.remove() } }
        let jobs = try folders.map { folder in
            var spec = StoredDataTests.spec(
                try StoredDataTests.images(in: folder.path), scale: .divide(255), everySteps: everySteps)
            change(&spec)
            return try TrainingJob(spec, storage: SampleStorage(memoryLimit: 0, directory: folder.path))
        }
        let path = folders[rank].file("images")
        let sink =
            unreadable
            ? StoredDataTests.CuttingSink(path, damage: Self.blind) : StoredDataTests.CuttingSink(path)
        do {
            let outcome = try await trainOnRanks(jobs, workers: 2, sink: sink)
            return (.success(outcome), await sink.steps, path)
        } catch {
            return (.failure(error), await sink.steps, path)
        }
    }

    /// Has all reading fail of the files of a path that are open.
    @Sendable private static func blind(_ path: String) -> Bool {
        let nothing = open("/dev/null", O_WRONLY)
        defer { close(nothing) }
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")) ?? []
        return names.allSatisfy { name in
            let target = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\(name)")
            guard target == path, let descriptor = Int32(name) else { return true }
            return dup2(nothing, descriptor) == descriptor
        }
    }

    @Test("is a failure outside the job, as it is on rank 0, where the disk is at fault")
    func outside() async throws {
        let (outcome, steps, path) = try await train(cutting: 1, everySteps: 3, unreadable: true)
        let failure = #expect(throws: TrainingFailure.self) { try outcome.get() }
        #expect(failure?.isOutsideTheJob == true)
        #expect(failure?.description.hasPrefix("rank 1: ") == true)
        #expect(failure?.description.contains(path) == true)
        #expect(steps.contains(3) && steps.allSatisfy { $0 < 80 })
    }

    @Test("ends the job on all ranks with its sentence, whole up to a step")
    func another() async throws {
        let (outcome, steps, path) = try await train(cutting: 1, everySteps: 3)
        guard case .failed(let reason) = try outcome.get() else {
            Issue.record("\(outcome)")
            return
        }
        #expect(reason.hasPrefix("rank 1: ") && reason.contains(path))
        #expect(steps.contains(3))
        #expect(steps.allSatisfy { $0 < 80 })
    }

    @Test(
        "ends the job too where the others wait to send the first part of their gradients", arguments: [0, 2])
    func early(rank: Int) async throws {
        let (outcome, steps, path) = try await train(cutting: rank, everySteps: 3) { spec in
            let wide = LayerSpec(.dense(DenseSpec(units: 900, activation: .relu)))
            spec.model.layers = [LayerSpec(.flatten), wide, wide, LayerSpec(.dense(DenseSpec(units: 10)))]
        }
        let sentence =
            switch outcome {
            case .success(.failed(let reason)): reason
            case .success(let other): "\(other)"
            case .failure(let error): "\(error)"
            }
        #expect(sentence.contains(path), "\(sentence)")
        #expect(steps.contains(3) && steps.allSatisfy { $0 < 80 })
    }

    @Test("ends it as it would alone where that is rank 0")
    func first() async throws {
        let (outcome, steps, path) = try await train(cutting: 0, everySteps: 3)
        let error = #expect(throws: DataError.self) { try outcome.get() }
        #expect(error?.file == path)
        #expect(steps.contains(3))
    }
}
