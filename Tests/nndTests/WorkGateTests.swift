import Control
import Testing
import nnd

@Suite("How much is done at once", .timeLimit(.minutes(15)))
struct WorkGateTests {
    @Test("so many work, so many wait, and the others are told to come again")
    func places() async throws {
        let gate = WorkGate("things happen", running: 2, waiting: 3)
        var working: [WorkGate.Place] = [try await gate.enter(), try await gate.enter()]
        // Whichever of the ten come first wait.
        let (outcomes, report) = AsyncStream.makeStream(of: Result<WorkGate.Place, any Error>.self)
        let tasks = (0..<10).map { _ in
            Task {
                do { report.yield(.success(try await gate.enter())) } catch { report.yield(.failure(error)) }
            }
        }
        var refused = 0
        var entered = 0
        for await outcome in outcomes {
            switch outcome {
            case .success: entered += 1
            case .failure(let error):
                refused += 1
                #expect(
                    error as? Problem == Problem(.busy, "Too many things happen at once; try again later."))
            }
            if refused == 7 { working = [] }
            if refused + entered == 10 { break }
        }
        #expect(refused == 7 && entered == 3 && working.isEmpty)
        for task in tasks { await task.value }
    }

    @Test("a place can be left once, and what is under way is not refused")
    func leaving() async throws {
        let gate = WorkGate("things happen", running: 1, waiting: 0)
        let place = try await gate.enter()
        await #expect(throws: Problem.self) { try await gate.enter() }
        let waiting = (0..<3).map { _ in Task { try await gate.enter(isUnderWay: true).leave() } }
        place.leave()
        place.leave()
        for task in waiting { try await task.value }
        let next = try await gate.enter()
        await #expect(throws: Problem.self) { try await gate.enter() }
        withExtendedLifetime((place, next)) {}
    }

    @Test("who waits no longer takes no place")
    func cancellation() async throws {
        let gate = WorkGate("things happen", running: 1, waiting: 5)
        var place: WorkGate.Place? = try await gate.enter()
        let waiting = (0..<5).map { _ in Task { try await gate.enter() } }
        for task in waiting { task.cancel() }
        for task in waiting {
            await #expect(throws: CancellationError.self) { try await task.value }
        }
        _ = place
        place = nil
        _ = try await gate.enter()
    }
}
