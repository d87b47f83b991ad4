import NumPy

extension NPYArray {
    /// Calls `body` with the bytes of the elements row by row, some whole elements at a time. It may take them. Once only.
    ///
    /// An array in Fortran's order is kept as it is first, in memory or in a file, and taken from there by blocks of rows.
    /// - Throws: `DataError` when the array does not hold exactly what its header says, or a disk is full; what `body` throws.
    func readPieces(
        _ storage: SampleStorage, _ body: (inout [UInt8]) throws(DataError) -> Void
    ) throws(DataError) {
        guard isTransposed else { return try readStoredPieces(body) }
        let stored = try storedBytes(storage)
        let rows = max(1, NPYArray.blockSize / (sampleSize * header.type.size))
        var first = 0
        while first < count {
            let block = first..<min(first + rows, count)
            var piece = try transposed(block, of: stored)
            try body(&piece)
            first = block.upperBound
        }
    }

    private static let blockSize = 16 << 20

    private func storedBytes(_ storage: SampleStorage) throws(DataError) -> SampleStore<UInt8> {
        var bytes = SampleWriter<UInt8>(path: name, storage: storage)
        if payloadSize > storage.memoryLimit { try bytes.spill() }
        try readStoredPieces { piece throws(DataError) in
            bytes.held += piece
            try bytes.flush()
        }
        return try bytes.finish()
    }

    /// Some rows as they would lie in row-major order.
    private func transposed(
        _ block: Range<Int>, of stored: SampleStore<UInt8>
    ) throws(DataError) -> [UInt8] {
        let (size, width) = (sampleSize, header.type.size)
        var rows = [UInt8](repeating: 0, count: block.count * size * width)
        for feature in 0..<size {
            let start =
                (NPYHeader.columnMajorPlace(of: feature, in: sampleShape) * count + block.lowerBound) * width
            let column = try stored.elements(start..<start + block.count * width)
            for row in 0..<block.count {
                let target = (row * size + feature) * width
                for byte in 0..<width { rows[target + byte] = column[row * width + byte] }
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
