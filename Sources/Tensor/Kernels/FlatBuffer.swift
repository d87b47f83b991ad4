import CKernels
import Glibc

/// A fixed piece of memory that several workers read and write, each in its turn.
///
/// Parameters, gradients and optimizer state lie in buffers like this, one parameter after another. Swift
/// cannot check who touches it when, so the rule is stated here and kept by `Parallel`: between two barriers
/// a range is either read by anybody or written by one worker.
public final class FlatBuffer: @unchecked Sendable {
    let base: UnsafeMutablePointer<Float>
    /// How many numbers it holds.
    public let count: Int
    /// The first number that there is memory for: 0 but for a window.
    private let start: Int
    /// Whose memory a window shows.
    private let owner: FlatBuffer?

    /// How many numbers lie in a cache line; the first of a buffer begins one.
    package static let cacheLine = 16

    /// `count` zeros, aligned to a cache line.
    public convenience init(count: Int) {
        self.init(uninitialized: count)
        base.update(repeating: 0, count: count)
    }

    /// `count` numbers that mean nothing; memory that is never written is never taken from the system.
    package init(uninitialized count: Int) {
        self.count = count
        (start, owner) = (0, nil)
        base = BufferPool.allocate(count: count)
    }

    /// `memory` under other numbers: its first is the first of `range`, and there is nothing outside of that. A piece
    /// of a gradient can so be computed in memory that stays in the cache, and go by its place among the parameters.
    package init(window range: Range<Int>, of memory: FlatBuffer) {
        require(range.lowerBound >= 0 && range.count <= memory.count)
        (start, owner, count) = (range.lowerBound, memory, range.upperBound)
        base = memory.base - range.lowerBound
    }

    /// A buffer that holds these values.
    public convenience init(_ values: [Float]) {
        self.init(count: values.count)
        write(values, at: 0)
    }

    deinit {
        if owner == nil { free(base) }
    }

    /// The values in `range`, copied.
    public func values(in range: Range<Int>) -> [Float] {
        check(range)
        return Array(UnsafeBufferPointer(start: base + range.lowerBound, count: range.count))
    }

    /// All values, copied.
    public var values: [Float] { values(in: start..<count) }

    /// Copies all values to `target`: into its own memory where that is as long and nobody else's.
    package func copy(to target: inout [Float]) {
        guard target.count == count - start else { return target = values }
        target.withUnsafeMutableBufferPointer { target in
            target.baseAddress?.update(from: base + start, count: target.count)
        }
    }

    /// Copies `values` to `offset` and on.
    public func write(_ values: [Float], at offset: Int) {
        check(offset..<(offset + values.count))
        values.withUnsafeBufferPointer { source in
            if let start = source.baseAddress { (base + offset).update(from: start, count: source.count) }
        }
    }

    /// Lets `body` read the numbers in `range`.
    public func withSpan<Result>(in range: Range<Int>, _ body: (Span<Float>) throws -> Result) rethrows
        -> Result
    {
        check(range)
        return try body(UnsafeBufferPointer(start: base + range.lowerBound, count: range.count).span)
    }

    /// Lets `body` change the numbers in `range`.
    public func withMutableSpan<Result>(
        in range: Range<Int>, _ body: (inout MutableSpan<Float>) throws -> Result
    ) rethrows -> Result {
        check(range)
        var span = UnsafeMutableBufferPointer(start: base + range.lowerBound, count: range.count).mutableSpan
        return try body(&span)
    }

    /// Adds `other`'s values in `range` to this buffer's.
    public func add(_ other: FlatBuffer, in range: Range<Int>) {
        check(range)
        other.check(range)
        require(other !== self, "a buffer is not added to itself")
        nnd_add(base + range.lowerBound, other.base + range.lowerBound, range.count)
    }

    /// Whether every value in `range` is finite.
    public func isFinite(in range: Range<Int>) -> Bool {
        check(range)
        return nnd_all_finite(base + range.lowerBound, range.count) == 1
    }

    /// Whether every one of `values` is finite.
    package static func isFinite(_ values: [Float]) -> Bool { nnd_all_finite(values, values.count) == 1 }

    func check(_ range: Range<Int>) {
        require(
            range.lowerBound >= start && range.upperBound <= count,
            "\(range) is outside of \(start)..<\(count)")
    }
}

extension Tensor {
    /// A view of part of a flat buffer, without a copy: it shows what is written there later.
    /// - Precondition: `offset ..< offset + shape.count` lies inside the buffer.
    public init(viewing buffer: FlatBuffer, at offset: Int, shape: Shape) {
        buffer.check(offset..<(offset + shape.count))
        self.init(shape: shape, storage: Storage(sharing: buffer), offset: offset)
    }
}
