import Foundation
import Glibc
import Parallel
import Spec
import TrainerWire

/// What a test has the daemon start in the place of `mpirun`: a trainer without MPI, and some that do what none should.
@main
struct TrainerProgram {
    static func main() async {
        let arguments = Array(CommandLine.arguments.dropFirst())
        do {
            switch arguments.first {
            case "serve": try await serve(noting: arguments.dropFirst().first)
            case "reading":
                _ = try await TrainerService().serve(ranks: 1) { _ in
                    while true { try await Task.sleep(for: .seconds(3600)) }
                } begin: { _, _ in
                    fatalError("it is never ready")
                }
            case "garbage": try send(hello: nil, (0..<4096).map { UInt8(truncatingIfNeeded: $0 &* 37) })
            case "long": try send(hello: secret, [1] + [UInt8](repeating: 255, count: 8))
            case "snapshot": try send(hello: secret, [2, 200, 0, 0, 0, 0, 0, 0, 0])
            case "stranger": try send(hello: String(repeating: "0", count: 64), [])
            case "silent":
                let socket = try WireSocket.connected(to: path)
                withExtendedLifetime(socket) { waitForever() }
            case "parent": try keep(Array(arguments.dropFirst()))
            default:
                FileHandle.standardError.write(Data("nothing to do here\n".utf8))
                exit(3)
            }
        } catch {
            FileHandle.standardError.write(Data("\(error)\n".utf8))
            exit(1)
        }
    }

    private static var path: String { ProcessInfo.processInfo.environment[TrainerEnvironment.socket] ?? "" }
    private static var secret: String { ProcessInfo.processInfo.environment[TrainerEnvironment.secret] ?? "" }

    private static func serve(noting file: String?) async throws {
        let service = try TrainerService()
        if let file { try "\(getpid())".write(toFile: file, atomically: true, encoding: .utf8) }
        let ranks = ProcessInfo.processInfo.environment["TEST_RANKS"].flatMap { Int($0) } ?? 1
        _ = try await service.serve(ranks: ranks) { order in
            try TrainingJob(JobSpec(yaml: order.spec), isGoingOn: order.isGoingOn)
        } begin: { job, start in
            try Coordinator(job: job, start: start.snapshot, workers: start.workers, sink: start.sink)
        }
    }

    /// Sends what no trainer sends, and stays until somebody ends it.
    private static func send(hello secret: String?, _ bytes: [UInt8]) throws {
        let socket = try WireSocket.connected(to: path)
        if let secret {
            let hello = Array(
                #"{"hello":{"version":\#(TrainerReport.version),"secret":"\#(secret)"}}"#.utf8)
            try socket.write([1, UInt8(hello.count), 0, 0, 0, 0, 0, 0, 0] + hello)
        }
        try? socket.write(bytes)
        withExtendedLifetime(socket) { waitForever() }
    }

    /// Starts a command as the daemon does, and leaves its end to whoever kills this.
    private static func keep(_ words: [String]) throws {
        let helper = try HelperProcess(
            HelperCommand(
                keeper: words[0], program: words[1], arguments: Array(words.dropFirst(2)),
                environment: ["PATH": "/usr/bin:/bin"]))
        withExtendedLifetime(helper) { waitForever() }
    }

    private static func waitForever() {
        while true { pause() }
    }
}
