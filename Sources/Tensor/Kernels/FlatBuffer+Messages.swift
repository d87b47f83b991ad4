extension FlatBuffer {
    /// Copies what `source` holds in `range` to `offset` and on, bit by bit: into a message, or out of one.
    package func take(_ range: Range<Int>, of source: FlatBuffer, at offset: Int) {
        check(offset..<(offset + range.count))
        source.check(range)
        require(source !== self, "a buffer is not copied into itself")
        (base + offset).update(from: source.base + range.lowerBound, count: range.count)
    }
}
