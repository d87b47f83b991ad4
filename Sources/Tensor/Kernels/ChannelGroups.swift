import CKernels

/// A tensor seen as [outer, groups, inner]: a group is all values with one index in the middle, for example a channel of
/// images [batch, channels, pixels].
struct ChannelGroups {
    let outer: Int
    let groups: Int
    let inner: Int

    /// How many values a group has.
    var length: Int { outer * inner }

    /// As the kernels take it.
    var sizes: nnd_groups { nnd_groups(outer: outer, groups: groups, inner: inner) }

    /// As many zeros as there are groups.
    var zeros: [Double] { [Double](repeating: 0, count: groups) }

    /// For each group the sum of its values.
    func sums(_ x: UnsafePointer<Float>) -> [Double] {
        var sums = zeros
        nnd_group_sums(&sums, x, sizes)
        return sums
    }

    /// For each group the sum of x (y - centre).
    func products(_ x: UnsafePointer<Float>, _ y: UnsafePointer<Float>, centres: [Double]) -> [Double] {
        var sums = zeros
        nnd_group_products(&sums, x, y, centres, sizes)
        return sums
    }
}
