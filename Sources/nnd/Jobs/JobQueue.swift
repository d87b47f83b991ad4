/// The jobs that wait for their turn: higher priorities first, equal ones in the order in which they came. Pure.
package struct JobQueue: Sendable, Equatable {
    /// Where a job stands; it may leave the queue and come back to its place.
    package struct Place: Sendable, Equatable {
        package let job: Int
        let priority: Int
        let ticket: Int

        func isBefore(_ other: Place) -> Bool {
            priority == other.priority ? ticket < other.ticket : priority > other.priority
        }
    }

    private var places: [Place] = []
    private var tickets = 0

    package init() {}

    /// The next one first.
    package var jobs: [Int] { places.map(\.job) }

    package var count: Int { places.count }

    /// Puts a job behind all of its priority; nothing happens if it is there already.
    package mutating func append(_ job: Int, priority: Int) {
        tickets += 1
        insert(Place(job: job, priority: priority, ticket: tickets))
    }

    /// Puts a job where it was; nothing happens if it is there.
    package mutating func insert(_ place: Place) {
        guard self.place(of: place.job) == nil else { return }
        places.insert(place, at: places.firstIndex { place.isBefore($0) } ?? places.count)
    }

    package func place(of job: Int) -> Place? { places.first { $0.job == job } }

    package mutating func remove(_ job: Int) { places.removeAll { $0.job == job } }

    /// Takes the next job out that may run; nil when there is none.
    package mutating func removeFirst(where mayRun: (Int) -> Bool = { _ in true }) -> Int? {
        places.firstIndex { mayRun($0.job) }.map { places.remove(at: $0).job }
    }
}
