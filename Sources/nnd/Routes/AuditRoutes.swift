import Control
import Hummingbird
import Store

/// `/v1/audit`: who did what, the newest first.
struct AuditRoutes {
    let supervisor: JobSupervisor
    let access: AccessCheck

    func add(to router: Router<APIContext>) {
        router.get("/v1/audit") { request, context in
            try await access.daemon(context, for: .readAudit)
            let entries = try await supervisor.store.audit(
                limit: try request.number("limit", in: AuditList.limits) ?? AuditList.standardLimit)
            var list = AuditList(entries: [])
            for entry in entries { list.entries.append(try await described(entry)) }
            return try Reply.json(list)
        }
    }

    private func described(_ entry: AuditEntry) async throws -> AuditList.Entry {
        var user: JobStatus.Owner?
        if let uid = entry.uid { user = .init(uid: Int(uid), name: await access.users.name(of: uid)) }
        return AuditList.Entry(
            at: entry.at, user: user, pid: entry.pid.map { Int($0) }, method: entry.method, path: entry.path,
            job: entry.job, status: entry.status, count: entry.count)
    }
}
