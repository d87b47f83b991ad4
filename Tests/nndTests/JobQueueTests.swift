import Testing
import nnd

@Suite("The queue")
struct JobQueueTests {
    private func place(_ job: Int, _ priority: Int, _ number: Int) -> JobQueue.Place {
        JobQueue.Place(job: job, priority: priority, number: number)
    }

    @Test("higher priorities come first, equal ones in the order in which they were queued")
    func order() {
        var queue = JobQueue()
        for (number, (job, priority)) in [(1, 0), (2, 5), (3, 0), (4, -1), (5, 5)].enumerated() {
            queue.insert(place(job, priority, number))
        }
        #expect(queue.jobs == [2, 5, 1, 3, 4])
        #expect(queue.first { $0 > 6 } == nil && queue.first { $0 == 1 } == 1 && queue.first() == 2)
        queue.remove(1)
        queue.insert(place(6, 0, 5))
        #expect(queue.jobs == [2, 5, 3, 6, 4])
    }

    @Test("every sequence of priorities and numbers is sorted, and stays so when jobs go")
    func everyOrder() {
        for code in 0..<243 {
            let priorities = (0..<5).map { code / [1, 3, 9, 27, 81][$0] % 3 }
            // As a daemon finds them that starts again.
            let numbers = (0..<5).map { ($0 * 3 + code) % 5 }
            var queue = JobQueue()
            for job in 0..<5 { queue.insert(place(job, priorities[job], numbers[job])) }
            var expected = (0..<5).sorted {
                priorities[$0] == priorities[$1]
                    ? numbers[$0] < numbers[$1] : priorities[$0] > priorities[$1]
            }
            #expect(queue.jobs == expected)
            queue.remove(code % 5)
            expected.removeAll { $0 == code % 5 }
            #expect(queue.jobs == expected && queue.count == 4)
        }
    }

    @Test("a job that comes back has its old place, and no job has two")
    func places() throws {
        var queue = JobQueue()
        for job in 1...4 { queue.insert(place(job, 0, job)) }
        let old = try #require(queue.place(of: 2))
        queue.remove(2)
        #expect(queue.place(of: 2) == nil)
        queue.insert(place(5, 0, 5))
        queue.insert(old)
        #expect(queue.jobs == [1, 2, 3, 4, 5])
        queue.insert(old)
        queue.insert(place(2, 9, 9))
        #expect(queue.jobs == [1, 2, 3, 4, 5])
    }
}
