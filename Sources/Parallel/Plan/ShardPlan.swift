/// Which rows of a minibatch belong to which logical shard: a pure function of the number of rows and of
/// shards.
///
/// Shards fix the arithmetic; workers fix only the speed. The first `rows % shards` shards have one row more,
/// and with fewer rows than shards the last ones are empty.
package struct ShardPlan: Sendable, Equatable {
    package let rows: Int
    package let shards: Int

    package init(rows: Int, shards: Int) {
        self.rows = rows
        self.shards = shards
    }

    package func rows(of shard: Int) -> Range<Int> {
        let (base, extra) = rows.quotientAndRemainder(dividingBy: shards)
        let start = shard * base + min(shard, extra)
        return start..<(start + base + (shard < extra ? 1 : 0))
    }
}

/// One step's samples: where they stand in the epoch's order, and how they are cut into shards.
struct MinibatchPlan {
    /// Steps passed before this one.
    let step: Int
    /// Positions in the epoch's order.
    let rows: Range<Int>
    /// By what the loss summed over all of them is divided.
    let terms: Double
    let shards: ShardPlan
}

/// The part of 0 ..< `count` that one of `parts` takes: contiguous runs whose lengths differ by at most one
/// `unit`.
///
/// Used for the runs of shards that workers compute and for the slices of the parameters that they update. It
/// decides who computes, never what.
package func share(of count: Int, part: Int, of parts: Int, unit: Int = 1) -> Range<Int> {
    let units = (count + unit - 1) / unit
    let start = units * part / parts * unit
    let end = units * (part + 1) / parts * unit
    return min(start, count)..<min(end, count)
}
