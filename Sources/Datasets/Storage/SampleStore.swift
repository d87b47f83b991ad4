import Tensor

/// Elements of one type, sample after sample: in memory, or in a file that is read where it lies.
enum SampleStore<Element: BitwiseCopyable & Sendable>: Sendable {
    case memory([Element])
    /// `count` elements from the byte `offset` on.
    case file(SampleFile, offset: Int, count: Int)

    var count: Int {
        switch self {
        case .memory(let values): values.count
        case .file(_, _, let count): count
        }
    }

    /// Bytes of memory that the elements take.
    var memoryBytes: Int {
        switch self {
        case .memory(let values): values.count * MemoryLayout<Element>.stride
        case .file: 0
        }
    }

    /// Calls `body` with the place in `rows` and the elements of each row asked for, in any order.
    ///
    /// - Parameters:
    ///   - rows: Indices into `view`, or into the store where that is nil.
    ///   - view: Rows of the store.
    ///   - size: Elements of a row.
    ///   - body: The place and the row.
    /// - Throws: `DataError` when a file has changed or cannot be read.
    @inline(__always)
    func forEach(
        _ rows: Span<Int32>, of view: [Int32]?, size: Int, _ body: (Int, Span<Element>) -> Void
    ) throws(DataError) {
        func stored(_ place: Int) -> Int {
            if let view { return Int(view[Int(rows[place])]) * size }
            return Int(rows[place]) * size
        }
        switch self {
        case .memory(let values):
            let values = values.span
            for place in rows.indices {
                if place + 1 < rows.count {
                    let next = stored(place + 1)
                    prefetch(values.extracting(next..<next + size))
                }
                let start = stored(place)
                body(place, values.extracting(start..<start + size))
            }
        case .file(let file, let offset, let count):
            try gather(
                rows.count, file, size: size,
                at: { place in
                    let start = stored(place)
                    require(start >= 0 && start + size <= count, "a row lies outside of its file")
                    return offset + start * MemoryLayout<Element>.stride
                }, body)
        }
    }

    private func gather(
        _ count: Int, _ file: SampleFile, size: Int, at offset: (Int) -> Int,
        _ body: (Int, Span<Element>) -> Void
    ) throws(DataError) {
        let failure = unsafe withUnsafeTemporaryAllocation(of: Element.self, capacity: size) { scratch in
            do throws(DataError) {
                let bytes = UnsafeMutableRawBufferPointer(scratch)
                try unsafe file.gather(count, scratch: bytes, offset: offset) { place in
                    unsafe body(place, UnsafeBufferPointer(scratch).span)
                }
                return nil as DataError?
            } catch {
                return error
            }
        }
        if let failure { throw failure }
    }

    /// Calls `body` with the elements of all rows in their order, of as many at a time as lie one behind the other.
    ///
    /// - Parameters:
    ///   - view: Rows of the store; nil stands for all.
    ///   - size: Elements of a row.
    ///   - body: Gets one row or several.
    /// - Throws: `DataError` when a file has changed or cannot be read.
    func forEachRun(
        of view: [Int32]?, size: Int, _ body: (Span<Element>) -> Void
    ) throws(DataError) {
        let longest = max(1, SampleStore.pieceBytes / (size * MemoryLayout<Element>.stride))
        let rows = view?.count ?? (count / size)
        var buffer: [Element] = []
        var first = 0
        while first < rows {
            let start = view.map { Int($0[first]) } ?? first
            var length = 1
            while first + length < rows, length < longest,
                view.map({ Int($0[first + length]) == start + length }) ?? true
            { length += 1 }
            let range = start * size..<(start + length) * size
            switch self {
            case .memory(let values): body(values.span.extracting(range))
            case .file(let file, let offset, _):
                try SampleStore.read(file, at: offset, range, into: &buffer)
                body(buffer.span)
            }
            first += length
        }
    }

    static func read(
        _ file: SampleFile, at offset: Int, _ range: Range<Int>, into buffer: inout [Element]
    ) throws(DataError) {
        let stride = MemoryLayout<Element>.stride
        var failure: DataError?
        buffer = unsafe Array(unsafeUninitializedCapacity: range.count) { memory, initialized in
            do throws(DataError) {
                let bytes = unsafe UnsafeMutableRawBufferPointer(
                    start: memory.baseAddress, count: range.count * stride)
                try unsafe file.read(at: offset + range.lowerBound * stride, into: bytes)
                initialized = range.count
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
    }

    /// What is read from a file at a time.
    private static var pieceBytes: Int { 1 << 20 }
}
