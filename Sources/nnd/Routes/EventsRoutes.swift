import Control
import Hummingbird
import Store

/// `/v1/jobs/{job}/events`: what happened to a job, the oldest first, in parts.
struct EventsRoutes {
    let store: Store

    func add(to router: Router<APIContext>) {
        router.get("/v1/jobs/:job/events") { request, context in
            let since = try request.number("since", in: 0...Int.max) ?? 0
            let limit = try request.number("limit", in: JobEventList.limits)
            let job = try await store.job(context.job).id
            let events = try await store.events(
                job: job, after: since, limit: limit ?? JobEventList.standardLimit)
            return try Reply.json(JobEventList(events: events.map(JobEvent.init)))
        }
    }
}

extension JobEvent {
    fileprivate init(_ event: EventRecord) {
        let kind: Kind =
            switch event.kind {
            case .created: .created
            case .state: .state
            case .checkpoint: .checkpoint
            case .branch: .branch
            case .workers: .workers
            case .warning: .warning
            case .note: .note
            }
        self.init(id: event.id, at: event.at, kind: kind, message: event.message)
    }
}
