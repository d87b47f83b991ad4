extension Philox {
    /// The numbers 0 ..< `count` in an order drawn from stream `stream`: the shuffle of Fisher and Yates.
    public func permutation(of count: Int, stream: UInt32) -> [Int32] {
        require(count <= Int(Int32.max))
        var order = [Int32](unsafeUninitializedCapacity: count) { buffer, used in
            for i in 0..<count { buffer.initializeElement(at: i, to: Int32(i)) }
            used = count
        }
        var i = count - 1
        while i > 0 {
            order.swapAt(i, integer(below: i + 1, stream: stream, index: UInt64(i)))
            i -= 1
        }
        return order
    }
}
