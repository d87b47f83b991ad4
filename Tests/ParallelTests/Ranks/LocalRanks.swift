import Parallel
import Synchronization
import Tensor

/// Ranks that are threads of one process: what they send goes through shared memory.
final class LocalRanks: Sendable {
    private struct Board {
        var bytes: [[UInt8]]
        var words: [[UInt64]]
        var buffers: [FlatBuffer?]
        var counts: [[Int]]
        /// What each says that nobody exceeds.
        var bounds: [Int]
        /// How often numbers were exchanged.
        var exchanges = 0
    }

    let count: Int
    private let board: Mutex<Board>
    private let barrier: StepBarrier
    private let threads: [RankThread]

    init(_ count: Int) {
        self.count = count
        barrier = StepBarrier(parties: count, cores: 1)
        threads = (0..<count).map { _ in RankThread() }
        board = Mutex(
            Board(
                bytes: Array(repeating: [], count: count), words: Array(repeating: [], count: count),
                buffers: Array(repeating: nil, count: count), counts: Array(repeating: [], count: count),
                bounds: Array(repeating: 0, count: count)))
    }

    /// How often they have exchanged numbers.
    var exchanges: Int { board.withLock { $0.exchanges } }

    /// What one of them sees.
    func link(_ rank: Int) -> RankLink { RankLink(Member(ranks: self, rank: rank), on: threads[rank]) }

    deinit { for thread in threads { thread.stop() } }

    /// Everybody puts something on the board, then takes from it, then it may be used again.
    private func meet<Value>(_ put: (inout Board) -> Void, _ take: (Board) -> Value) -> Value {
        board.withLock { put(&$0) }
        barrier.wait()
        // No copy of the board outlives the lock.
        let value = board.withLock { take($0) }
        barrier.wait()
        return value
    }

    private struct Member: RankGroup {
        let ranks: LocalRanks
        let rank: Int
        var count: Int { ranks.count }
        var ranksOnHost: Int { count }

        func broadcast(_ bytes: [UInt8]) -> [UInt8] {
            ranks.meet({ $0.bytes[rank] = bytes }, { $0.bytes[0] })
        }

        func allgather(_ bytes: [UInt8]) -> [[UInt8]] {
            ranks.meet({ $0.bytes[rank] = bytes }, { $0.bytes.map { $0 } })
        }

        func allgather(_ words: [UInt64], counts: [Int]) -> [UInt64] {
            precondition(words.count == counts[rank])
            return ranks.meet({ $0.words[rank] = words }, { Array($0.words.joined()) })
        }

        func broadcast(_ buffer: FlatBuffer) {
            share(buffer) { all in
                if rank != 0 { buffer.take(0..<buffer.count, of: all[0], at: 0) }
            }
        }

        func allgather(in buffer: FlatBuffer, counts: [Int]) {
            share(buffer) { all in
                for (other, place) in places(counts).enumerated() where other != rank {
                    buffer.take(place, of: all[other], at: place.lowerBound)
                }
            }
        }

        func gather(in buffer: FlatBuffer, counts: [Int]) {
            share(buffer) { all in
                for (other, place) in places(counts).enumerated() where other != rank && rank == 0 {
                    buffer.take(place, of: all[other], at: place.lowerBound)
                }
            }
        }

        func exchange(
            _ sent: FlatBuffer, counts: [Int], into received: FlatBuffer, receivedCounts: [Int],
            atMost most: Int
        ) {
            precondition(max(counts.reduce(0, +), receivedCounts.reduce(0, +)) <= most)
            let target = places(receivedCounts)
            // MPI would go about it in other ways on ranks that do not agree.
            let bounds = ranks.meet({ $0.bounds[rank] = most }, { $0.bounds.map { $0 } })
            precondition(Set(bounds).count == 1, "the ranks exchange at most \(bounds) numbers")
            if rank == 0 { ranks.board.withLock { $0.exchanges += 1 } }
            share(sent, counts: counts) { all, counts in
                for other in 0..<count {
                    let source = places(counts[other])[rank]
                    precondition(source.count == target[other].count)
                    received.take(source, of: all[other], at: target[other].lowerBound)
                }
            }
        }

        private func share(_ buffer: FlatBuffer, _ copy: ([FlatBuffer]) -> Void) {
            share(buffer, counts: []) { all, _ in copy(all) }
        }

        private func share(
            _ buffer: FlatBuffer, counts: [Int], _ copy: ([FlatBuffer], [[Int]]) -> Void
        ) {
            ranks.meet(
                {
                    $0.buffers[rank] = buffer
                    $0.counts[rank] = counts
                },
                { copy($0.buffers.compactMap { $0 }, $0.counts) })
        }

        private func places(_ counts: [Int]) -> [Range<Int>] {
            var end = 0
            return counts.map { count in
                end += count
                return (end - count)..<end
            }
        }
    }
}
