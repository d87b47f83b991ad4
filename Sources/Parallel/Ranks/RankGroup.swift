package import Tensor

/// The processes that train one job together, as one of them, a rank, sees them.
///
/// All ranks call the same operations in the same order, each from one thread of its own. An operation copies and never
/// adds up: sums are taken by whoever receives, in the order of the tree. One that cannot be carried out, because a rank
/// is gone, does not return: the program ends, and so do the other ranks.
package protocol RankGroup: Sendable {
    /// Which one this is, from 0.
    var rank: Int { get }
    /// How many there are.
    var count: Int { get }
    /// How many of them share this machine's cores.
    var ranksOnHost: Int { get }

    /// Rank 0's bytes, to all ranks; those that the others give do not matter.
    func broadcast(_ bytes: [UInt8]) -> [UInt8]
    /// Rank 0's numbers, into the buffers of all, which are of one length.
    func broadcast(_ buffer: FlatBuffer)
    /// The bytes of every rank, to all.
    func allgather(_ bytes: [UInt8]) -> [[UInt8]]
    /// The words of all ranks one behind the other, to all; `counts` says how many each has.
    func allgather(_ words: [UInt64], counts: [Int]) -> [UInt64]
    /// The parts of all ranks one behind the other, into the buffers of all. Each has its own in its place already.
    func allgather(in buffer: FlatBuffer, counts: [Int])
    /// The parts of all ranks one behind the other, into the buffer of rank 0. Each has its own in its place already.
    func gather(in buffer: FlatBuffer, counts: [Int])
    /// Sends each rank its part of `sent`, where they lie one behind the other, and puts what each rank has sent into
    /// `received`. Nobody sends or receives more than `most` numbers, which is the same to all ranks.
    func exchange(
        _ sent: FlatBuffer, counts: [Int], into received: FlatBuffer, receivedCounts: [Int],
        atMost most: Int)
}
