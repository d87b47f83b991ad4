import Control
import Hummingbird
import Store

/// `/v1/jobs/{job}/events`: what happened to a job, the oldest first, in parts.
struct EventsRoutes {
    let store: Store

    func add(to router: Router<APIContext>) {
        router.get("/v1/jobs/:job/events") { request, context in
            let since = try Self.number("since", in: 0...Int.max, of: request) ?? 0
            let limit = try Self.number("limit", in: JobEventList.limits, of: request)
            let job = try await store.job(context.job).id
            let events = try await store.events(
                job: job, after: since, limit: limit ?? JobEventList.standardLimit)
            return try Reply.json(JobEventList(events: events.map(JobEvent.init)))
        }
    }

    private static func number(
        _ name: String, in range: ClosedRange<Int>, of request: Request
    ) throws(Problem) -> Int? {
        guard let text = request.uri.queryParameters[name[...]] else { return nil }
        guard let number = Int(text), range.contains(number) else {
            throw Problem(
                .badRequest,
                "\(name): expected a number from \(range.lowerBound) to \(range.upperBound), found `\(text)`."
            )
        }
        return number
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
