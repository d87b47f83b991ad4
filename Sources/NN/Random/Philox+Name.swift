package import Tensor

extension Philox {
    /// The numbers that belong to a name, under a key made of the name's 64-bit hash: FNV-1a
    /// (https://datatracker.ietf.org/doc/html/draft-eastlake-fnv). That two of a million names share their numbers has a
    /// probability of 3e-8.
    package func derived(for name: String) -> Philox {
        let hash = name.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
        return derived(stream: 0, index: hash)
    }
}
