import Control
import Foundation
import Testing

@Suite("A job's updates", .timeLimit(.minutes(15)))
struct JobUpdatesTests {
    private func updates(_ reply: [String]) async throws -> [JobUpdates.Element] {
        let server = try CannedServer([reply])
        return try await Client.with(SocketPath(server.path)) { client in
            var elements: [JobUpdates.Element] = []
            for try await element in try await client.updates(of: "7") { elements.append(element) }
            return elements
        }
    }

    private func failure(_ reply: [String]) async -> ClientError? {
        await #expect(throws: ClientError.self) { _ = try await updates(reply) }
    }

    @Test("one status a line, however the lines are cut into chunks")
    func lines() async throws {
        let text = Samples.queuedJSON + "\n" + Samples.runningJSON + "\n"
        let middle = text.index(text.startIndex, offsetBy: Samples.queuedJSON.count / 2)
        for chunks in [[text], [String(text[..<middle]), String(text[middle...])], text.map { String($0) }] {
            let elements = try await updates(CannedServer.stream(chunks))
            #expect(elements.map(\.status) == [Samples.queued, Samples.running])
            #expect(elements.map(\.line) == [Samples.queuedJSON, Samples.runningJSON])
        }
    }

    @Test("a stream without lines ends at once")
    func empty() async throws {
        #expect(try await updates(CannedServer.stream([])).isEmpty)
    }

    @Test("a last line that is cut off is an error")
    func cutOff() async {
        #expect(
            await failure(CannedServer.stream([Samples.queuedJSON]))
                == .connectionLost("the last line was cut off"))
    }

    @Test("a connection that breaks is an error")
    func broken() async {
        let error = await failure(CannedServer.stream([Samples.queuedJSON + "\n"], isWhole: false))
        guard case .connectionLost = error else {
            Issue.record("expected a lost connection, got \(String(describing: error))")
            return
        }
    }

    @Test("a line that is no status is an error")
    func garbage() async {
        guard case .protocolViolation = await failure(CannedServer.stream(["nonsense\n"])) else {
            Issue.record("expected a protocol violation")
            return
        }
    }

    @Test("a job that is not there is a problem, not a stream")
    func problem() async throws {
        let problem = Problem(.noSuchJob, "There is no job 7.")
        let body = String(decoding: try WireJSON.encode(problem), as: UTF8.self)
        #expect(await failure(CannedServer.answer("404 Not Found", body)) == .problem(problem))
    }

    @Test("a reader that leaves a stream early ends the client")
    func leave() async throws {
        let server = try CannedServer([CannedServer.stream([Samples.queuedJSON + "\n"], isWhole: false)])
        let first = try await Client.with(SocketPath(server.path)) { client in
            var iterator = try await client.updates(of: "7").makeAsyncIterator()
            return try await iterator.next()
        }
        #expect(first?.status == Samples.queued)
    }
}
