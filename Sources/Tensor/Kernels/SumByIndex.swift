import CKernels

/// Which slices go to each place, in their order: a counting sort of indices.
struct SourcesByIndex {
    /// The sources of place j are `sources[starts[j] ..< starts[j + 1]]`.
    let starts: [Int]
    let sources: [Int32]

    /// - Precondition: each index is in 0 ..< count.
    init(_ indices: [Int32], count: Int) {
        var starts = [Int](repeating: 0, count: count + 1)
        for index in indices { starts[Int(index) + 1] += 1 }
        for place in 0..<count { starts[place + 1] += starts[place] }
        var next = starts
        var sources = [Int32](repeating: 0, count: indices.count)
        for (source, index) in indices.enumerated() {
            sources[next[Int(index)]] = Int32(truncatingIfNeeded: source)
            next[Int(index)] += 1
        }
        self.starts = starts
        self.sources = sources
    }
}

/// out[o, j, :] (+)= the sum over the sources i of j of x[o, i, :], in Double, in the order of i.
func sumByIndex(
    _ x: UnsafePointer<Float>, _ map: SourcesByIndex, outer: Int, inner: Int,
    into out: UnsafeMutablePointer<Float>, accumulate: Bool
) {
    let (count, length) = (map.starts.count - 1, map.sources.count)
    for i in 0..<outer {
        nnd_sum_by_index(
            out + i * count * inner, x + i * length * inner, map.starts, map.sources, count, inner,
            accumulate ? 1 : 0)
    }
}
