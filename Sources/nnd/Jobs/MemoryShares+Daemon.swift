import Parallel

extension MemoryShares {
    /// What the jobs of a daemon can have, now that it starts: all that its process can have but for what it takes
    /// itself.
    package init() {
        self.init(available: Self.ofJobs(in: availableMemory()))
    }

    /// The part of so many bytes that is the jobs'. What the daemon takes itself goes into address space above all,
    /// which the limits of a process count, and a control group does not; of little memory it is not to take most.
    package static func ofJobs(in available: Double) -> Double {
        available - min(ownBytes, available / 4)
    }

    /// About what `VmData` showed beyond a job's estimate: code's data, stacks, the allocator's and SQLite's pools.
    private static let ownBytes = 160.0 * 0x1p20
}
