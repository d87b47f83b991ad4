import Control
import Store

/// Asks the ``AccessPolicy`` for the routes, and says no in a sentence.
struct AccessCheck: Sendable {
    let policy: AccessPolicy
    let store: Store
    let users: UserNames

    /// - Returns: What names the job from here on: a name could be another job's by the time that it is looked up again.
    /// - Throws: `Problem` of code `forbidden`, which names the owner; `StoreError` with `.noSuchJob`.
    func job(_ context: APIContext, for action: AccessPolicy.Action) async throws -> String {
        let caller = context.caller.uid
        if policy.mayDoAll(caller) { return context.job }
        let job = try await store.job(context.job)
        guard policy.allows(action, by: caller, ofJobBy: job.owner) else {
            let owner = await users.text(of: job.owner ?? policy.daemon)
            throw Problem(
                .forbidden,
                "Job `\(job.name)` belongs to \(owner); only that user, the daemon's own and root may "
                    + (action == .use ? "use its spec, weights and data." : "change it."))
        }
        return "\(job.id)"
    }

    /// - Throws: `Problem` of code `forbidden`.
    func daemon(_ context: APIContext, for action: AccessPolicy.Action) async throws {
        guard !policy.allows(action, by: context.caller.uid) else { return }
        let owner = await users.text(of: policy.daemon)
        throw Problem(
            .forbidden,
            "The daemon runs as \(owner); only that user and root may "
                + (action == .readAudit ? "read who did what." : "shut it down."))
    }

    /// The owner of what the caller starts, as it is stored.
    func owner(_ context: APIContext) throws -> UInt32? {
        let caller = context.caller.uid
        guard policy.allows(.start, by: caller) else {
            throw Problem(.forbidden, "The daemon cannot tell who asks, and starts no jobs for strangers.")
        }
        return caller == policy.daemon ? nil : caller
    }
}
