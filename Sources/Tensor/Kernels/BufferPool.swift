import Glibc

/// Memory that is used again: what a training step gives back, the next step takes.
///
/// A tensor made from operands takes its memory from the pool of the first operand that has one, so a step
/// whose input comes from a pool allocates nothing once every size has been seen. A pool belongs to one
/// thread.
public final class BufferPool {
    private var free: [Int: [UnsafeMutablePointer<Float>]] = [:]
    /// Bytes this pool has taken from the system and not given back.
    public private(set) var allocatedBytes = 0

    /// An empty pool.
    public init() {}

    deinit {
        for pointers in free.values { for pointer in pointers { Glibc.free(pointer) } }
    }

    func take(count: Int) -> UnsafeMutablePointer<Float> {
        let count = BufferPool.rounded(count)
        if let pointer = free[count]?.popLast() { return pointer }
        allocatedBytes += count * MemoryLayout<Float>.stride
        return BufferPool.allocate(count: count)
    }

    func giveBack(_ pointer: UnsafeMutablePointer<Float>, count: Int) {
        free[BufferPool.rounded(count), default: []].append(pointer)
    }

    /// Whole cache lines, so that few sizes differ and vector code may read to the end of a line.
    private static func rounded(_ count: Int) -> Int { max(16, (count + 15) & ~15) }

    /// Uninitialised memory, aligned to a cache line. A large piece begins at a large page and asks the system for
    /// such: a product that strides through it then misses fewer translations of addresses.
    static func allocate(count: Int) -> UnsafeMutablePointer<Float> {
        let count = rounded(count)
        let bytes = count * MemoryLayout<Float>.stride
        let isLarge = bytes >= 2 * largePage
        let size = isLarge ? (bytes + largePage - 1) / largePage * largePage : bytes
        guard let memory = aligned_alloc(isLarge ? largePage : 64, size) else {
            fatalError("out of memory: a tensor needs \(bytes) bytes")
        }
        if isLarge { madvise(memory, size, MADV_HUGEPAGE) }
        return memory.bindMemory(to: Float.self, capacity: count)
    }

    /// Bytes.
    private static let largePage = 2 << 20
}
