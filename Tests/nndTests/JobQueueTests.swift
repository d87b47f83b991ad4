import Testing
import nnd

@Suite("The queue")
struct JobQueueTests {
    @Test("higher priorities come first, equal ones in the order in which they came")
    func order() {
        var queue = JobQueue()
        for (job, priority) in [(1, 0), (2, 5), (3, 0), (4, -1), (5, 5)] {
            queue.append(job, priority: priority)
        }
        #expect(queue.jobs == [2, 5, 1, 3, 4])
        #expect(queue.removeFirst { $0 > 6 } == nil && queue.removeFirst { $0 == 1 } == 1)
        queue.append(6, priority: 0)
        #expect((0..<6).map { _ in queue.removeFirst() } == [2, 5, 3, 6, 4, nil])
    }

    @Test("every sequence of priorities is sorted, and stays so when jobs go")
    func everyOrder() {
        for code in 0..<243 {
            let priorities = (0..<5).map { code / [1, 3, 9, 27, 81][$0] % 3 }
            var queue = JobQueue()
            for (job, priority) in priorities.enumerated() { queue.append(job, priority: priority) }
            // Swift's sort is stable.
            var expected = (0..<5).sorted { priorities[$0] > priorities[$1] }
            #expect(queue.jobs == expected)
            queue.remove(code % 5)
            expected.removeAll { $0 == code % 5 }
            #expect(queue.jobs == expected && queue.count == 4)
        }
    }

    @Test("a job that comes back has its old place, and no job has two")
    func places() throws {
        var queue = JobQueue()
        for job in 1...4 { queue.append(job, priority: 0) }
        let place = try #require(queue.place(of: 2))
        queue.remove(2)
        #expect(queue.place(of: 2) == nil)
        queue.append(5, priority: 0)
        queue.insert(place)
        #expect(queue.jobs == [1, 2, 3, 4, 5])
        queue.insert(place)
        queue.append(2, priority: 9)
        #expect(queue.jobs == [1, 2, 3, 4, 5])
    }
}
