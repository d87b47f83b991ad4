package import CMPI

/// The table of one implementation's calls, as Swift makes them.
package struct MPICalls: @unchecked Sendable {
    let table: nnd_mpi_calls

    /// - Parameter table: Of a shim, which has it as long as the program runs.
    package init(_ table: UnsafePointer<nnd_mpi_calls>) { self.table = unsafe table.pointee }

    /// Has this process killed when the one that started it ends, while the calling thread lives.
    /// - Returns: False if that has ended already.
    func endWithParent() -> Bool { table.end_with_parent() != 0 }

    func broadcast(_ data: UnsafeMutableRawBufferPointer) -> Int32 {
        unsafe table.broadcast(data.baseAddress, Int64(data.count))
    }

    func allgather(_ data: UnsafeMutableRawBufferPointer, _ sizes: [Int]) -> Int32 {
        unsafe table.allgather(data.baseAddress, sizes.map { Int64($0) })
    }

    func gather(_ data: UnsafeMutableRawBufferPointer, _ sizes: [Int]) -> Int32 {
        unsafe table.gather(data.baseAddress, sizes.map { Int64($0) })
    }

    func exchange(
        _ sent: UnsafeMutableRawBufferPointer, _ sentSizes: [Int],
        _ received: UnsafeMutableRawBufferPointer, _ receivedSizes: [Int], _ most: Int
    ) -> Int32 {
        unsafe table.exchange(
            sent.baseAddress, sentSizes.map { Int64($0) }, received.baseAddress,
            receivedSizes.map { Int64($0) }, Int64(most))
    }
}

/// What MPI says of a call that failed.
struct MPIError: Error, CustomStringConvertible {
    let description: String

    init(_ number: Int32, _ calls: MPICalls) {
        let text = unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: 512) { buffer in
            unsafe buffer.initialize(repeating: 0)
            unsafe calls.table.describe(number, buffer.baseAddress, buffer.count)
            return unsafe buffer.baseAddress.map { unsafe String(cString: $0) } ?? ""
        }
        description = "MPI failed: \(text.isEmpty ? "error \(number)" : text)"
    }
}
