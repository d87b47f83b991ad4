import NumPy

extension NPYArray {
    /// Calls `body` with the bytes of the elements row by row, some whole elements at a time. It may take them. Once only.
    ///
    /// An array in Fortran's order is cut along its features into slabs of rows first, in memory or in a file, and taken from
    /// there by blocks of rows: each byte is read and written as often whatever the shape, some megabytes at a time.
    /// - Throws: `DataError` when the array does not hold exactly what its header says, or a disk is full; what `body` throws.
    func readPieces(
        _ storage: SampleStorage, _ body: (inout [UInt8]) throws(DataError) -> Void
    ) throws(DataError) {
        guard isTransposed else { return try readStoredPieces(body) }
        let slabs = try slabs(storage)
        let rows = max(1, NPYArray.blockSize / (sampleSize * header.type.size))
        var first = 0
        while first < count {
            let block = first..<min(first + rows, count)
            var piece = try self.rows(block, of: slabs)
            try body(&piece)
            first = block.upperBound
        }
    }

    private static let blockSize = 16 << 20

    /// How many features a slab has; the last may have fewer.
    private var slabWidth: Int { max(1, NPYArray.blockSize / (count * header.type.size)) }

    /// The elements by slabs, each with all rows of some features, which are in the order in which they are stored.
    private func slabs(_ storage: SampleStorage) throws(DataError) -> SampleStore<UInt8> {
        var bytes = SampleWriter<UInt8>(path: name, storage: storage)
        if payloadSize > storage.memoryLimit { try bytes.spill() }
        // One feature by itself lies as it does in the file.
        let size = slabWidth == 1 ? 0 : slabWidth * count * header.type.size
        var slab: [UInt8] = []
        try readStoredPieces { piece throws(DataError) in
            var start = 0
            while size > 0, start < piece.count {
                let end = min(piece.count, start + size - slab.count)
                slab += piece[start..<end]
                start = end
                guard slab.count == size else { continue }
                bytes.held += swapped(slab, lists: slabWidth, of: count)
                slab.removeAll(keepingCapacity: true)
            }
            if size == 0 { bytes.held += piece }
            try bytes.flush()
        }
        bytes.held += swapped(slab, lists: slab.count / (count * header.type.size), of: count)
        try bytes.flush()
        return try bytes.finish()
    }

    /// Elements by their place in a list first, instead of by the list.
    private func swapped(_ elements: [UInt8], lists: Int, of length: Int) -> [UInt8] {
        let width = header.type.size
        var swapped = [UInt8](repeating: 0, count: elements.count)
        for place in 0..<length {
            for list in 0..<lists {
                let (source, target) = ((list * length + place) * width, (place * lists + list) * width)
                for byte in 0..<width { swapped[target + byte] = elements[source + byte] }
            }
        }
        return swapped
    }

    /// Some rows as they would lie in row-major order.
    private func rows(
        _ block: Range<Int>, of slabs: SampleStore<UInt8>
    ) throws(DataError) -> [UInt8] {
        let (size, width, reversed) = (sampleSize, header.type.size, Array(sampleShape.reversed()))
        var rows = [UInt8](repeating: 0, count: block.count * size * width)
        for first in stride(from: 0, to: size, by: slabWidth) {
            let features = min(slabWidth, size - first)
            let start = (first * count + block.lowerBound * features) * width
            let part = try slabs.elements(start..<start + block.count * features * width)
            for place in 0..<features {
                // What one order's place is to the other is the same with the axes the other way around.
                let feature = NPYHeader.columnMajorPlace(of: first + place, in: reversed)
                for row in 0..<block.count {
                    let (source, target) = ((row * features + place) * width, (row * size + feature) * width)
                    for byte in 0..<width { rows[target + byte] = part[source + byte] }
                }
            }
        }
        return rows
    }
}

extension SampleStore {
    /// Elements one behind the other.
    fileprivate func elements(_ range: Range<Int>) throws(DataError) -> [Element] {
        switch self {
        case .memory(let values): return Array(values[range])
        case .file(let file, let offset, _):
            var elements: [Element] = []
            try SampleStore.read(file, at: offset, range, into: &elements)
            return elements
        }
    }
}
