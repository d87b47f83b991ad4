/// The jobs that wait for their turn: higher priorities first, equal ones in the order in which they came. Pure.
package struct JobQueue: Sendable, Equatable {
    /// Where a job stands; it may leave the queue and come back to its place.
    package struct Place: Sendable, Equatable {
        package let job: Int
        let priority: Int
        /// Among those of its priority; the store counts them.
        let number: Int

        package init(job: Int, priority: Int, number: Int) {
            (self.job, self.priority, self.number) = (job, priority, number)
        }

        func isBefore(_ other: Place) -> Bool {
            (-priority, number, job) < (-other.priority, other.number, other.job)
        }
    }

    private var places: [Place] = []

    package init() {}

    /// The next one first.
    package var jobs: [Int] { places.map(\.job) }

    package var count: Int { places.count }

    /// Puts a job at its place; nothing happens if it is there.
    package mutating func insert(_ place: Place) {
        guard self.place(of: place.job) == nil else { return }
        places.insert(place, at: places.firstIndex { place.isBefore($0) } ?? places.count)
    }

    package func place(of job: Int) -> Place? { places.first { $0.job == job } }

    package mutating func remove(_ job: Int) { places.removeAll { $0.job == job } }

    /// The next job that may run; nil when there is none.
    package func first(where mayRun: (Int) -> Bool = { _ in true }) -> Int? {
        places.first { mayRun($0.job) }?.job
    }
}
