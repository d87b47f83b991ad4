import CMPI
import Foundation
import Parallel
import Tensor

/// The processes that `mpirun` has started, through the calls of one implementation of MPI.
///
/// A call that fails ends all of them: without a rank there is no going on, and to go on from the last checkpoint is the business of
/// whoever started them.
struct MPIGroup: RankGroup {
    private let calls: MPICalls
    let rank: Int
    let count: Int
    let ranksOnHost: Int

    /// Begins. Of the thread that makes all other calls too.
    ///
    /// - Parameters:
    ///   - calls: Of the implementation.
    ///   - longestMessage: Bytes; longer ones go in parts.
    /// - Throws: What MPI says.
    init(_ calls: MPICalls, longestMessage: Int) throws(MPIError) {
        self.calls = calls
        var place = nnd_mpi_place()
        let error = unsafe calls.table.start(Int64(longestMessage), &place)
        guard error == 0 else { throw MPIError(error, calls) }
        (rank, count, ranksOnHost) = (Int(place.rank), Int(place.count), Int(place.on_host))
    }

    /// Ends, in good order: all ranks do so.
    func finish() { check(calls.table.finish()) }

    /// Ends all ranks at once, with this exit status.
    func abort(_ status: Int32) { calls.table.abort(status) }

    private func check(_ error: Int32) {
        if error == 0 { return }
        FileHandle.standardError.write(Data("nnd-rank: rank \(rank): \(MPIError(error, calls))\n".utf8))
        abort(RankStatus.internalError.rawValue)
        exit(RankStatus.internalError.rawValue)
    }

    // MARK: RankGroup

    func broadcast(_ bytes: [UInt8]) -> [UInt8] {
        var size = [Int64(bytes.count)]
        check(unsafe size.withUnsafeMutableBytes { unsafe calls.broadcast($0) })
        var bytes = rank == 0 ? bytes : [UInt8](repeating: 0, count: Int(size[0]))
        check(unsafe bytes.withUnsafeMutableBytes { unsafe calls.broadcast($0) })
        return bytes
    }

    func broadcast(_ buffer: FlatBuffer) {
        unsafe withBytes(of: buffer) { check(unsafe calls.broadcast($0)) }
    }

    func allgather(_ bytes: [UInt8]) -> [[UInt8]] {
        let sizes = allgather([UInt64(bytes.count)], counts: Array(repeating: 1, count: count)).map(Int.init)
        var all = placed(bytes, sizes)
        check(unsafe all.withUnsafeMutableBytes { unsafe calls.allgather($0, sizes) })
        var rest = all[...]
        return sizes.map { size in
            defer { rest = rest.dropFirst(size) }
            return Array(rest.prefix(size))
        }
    }

    func allgather(_ words: [UInt64], counts: [Int]) -> [UInt64] {
        var all = placed(words, counts)
        check(unsafe all.withUnsafeMutableBytes { unsafe calls.allgather($0, counts.map { 8 * $0 }) })
        return all
    }

    func allgather(in buffer: FlatBuffer, counts: [Int]) {
        unsafe withBytes(of: buffer) { check(unsafe calls.allgather($0, counts.map { 4 * $0 })) }
    }

    func gather(in buffer: FlatBuffer, counts: [Int]) {
        unsafe withBytes(of: buffer) { check(unsafe calls.gather($0, counts.map { 4 * $0 })) }
    }

    func exchange(
        _ sent: FlatBuffer, counts: [Int], into received: FlatBuffer, receivedCounts: [Int],
        atMost most: Int
    ) {
        unsafe withBytes(of: sent) { sent in
            unsafe withBytes(of: received) { received in
                check(
                    unsafe calls.exchange(
                        sent, counts.map { 4 * $0 }, received, receivedCounts.map { 4 * $0 }, 4 * most))
            }
        }
    }

    /// Memory for the elements of all ranks, with this rank's in their place.
    private func placed<Element: BinaryInteger>(_ own: [Element], _ counts: [Int]) -> [Element] {
        var all = [Element](repeating: 0, count: counts.reduce(0, +))
        let place = counts[..<rank].reduce(0, +)
        all.replaceSubrange(place..<(place + own.count), with: own)
        return all
    }

    private func withBytes(of buffer: FlatBuffer, _ body: (UnsafeMutableRawBufferPointer) -> Void) {
        buffer.withMutableSpan(in: 0..<buffer.count) { span in
            unsafe span.withUnsafeMutableBytes { unsafe body($0) }
        }
    }
}
