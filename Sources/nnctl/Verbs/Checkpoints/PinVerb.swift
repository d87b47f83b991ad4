package import Control

/// What pinning a checkpoint and unpinning it have in common.
package protocol PinVerb: Verb {
    /// Whether the checkpoint is pinned when the verb is done.
    static var pins: Bool { get }

    var target: CheckpointArguments { get }
}

extension PinVerb {
    package func run(in session: Session) async throws -> ExitStatus {
        let details = try await session.withClient { client in
            Self.pins
                ? try await client.pin(target.id, of: target.job)
                : try await client.unpin(target.id, of: target.job)
        }
        try session.report(details, "checkpoint \(target.id) is \(Self.pins ? "" : "not ")pinned")
        return .success
    }
}
