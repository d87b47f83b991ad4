import Control
import Glibc

/// The names of jobs, for shells that complete one.
enum JobNames {
    /// How long a shell waits for them at most.
    private static let patience: Duration = .milliseconds(1500)

    /// All of them, the newest first; none where there is no daemon, or it does not answer soon.
    /// A `--socket` among the words counts.
    @Sendable static func complete(_ words: [String], _ index: Int, _ prefix: String) async -> [String] {
        guard let socket = try? socket(of: words), (try? socket.checkOwner(userID: geteuid())) != nil else {
            return []
        }
        let names = try? await race(
            { try await Client.with(socket) { try await $0.jobs() }.jobs.map(\.name.printable) },
            {
                try await Task.sleep(for: patience)
                return []
            })
        return names ?? []
    }

    private static func socket(of words: [String]) throws -> SocketPath {
        var option: String?
        for (word, next) in zip(words, words.dropFirst()) where word == "--socket" { option = next }
        option = words.last { $0.hasPrefix("--socket=") }.map { String($0.dropFirst(9)) } ?? option
        return try SocketPath.find(
            option: option, environment: ProcessEnvironment.current, userID: geteuid())
    }
}
