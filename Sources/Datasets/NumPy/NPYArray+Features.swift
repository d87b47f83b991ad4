import NumPy

extension NPYArray {
    /// All elements as features: bytes stay bytes, and all others become 32-bit numbers.
    ///
    /// - Throws: `DataError` when the array does not hold what its header says, or a number that is not finite.
    func features(_ storage: SampleStorage) throws(DataError) -> Dataset.StoredFeatures {
        header.type == .uint8 ? .bytes(try byteFeatures(storage)) : .floats(try floatFeatures(storage))
    }

    private func byteFeatures(_ storage: SampleStorage) throws(DataError) -> SampleStore<UInt8> {
        let isLarge = payloadSize > storage.memoryLimit
        if isLarge, !isTransposed, let store = try elementsWhereTheyLie(UInt8.self) { return store }
        var elements = SampleWriter<UInt8>(path: name, storage: storage)
        if isLarge { try elements.spill() }
        try readPieces(storage) { piece throws(DataError) in
            elements.held += piece
            try elements.flush()
        }
        return try elements.finish()
    }

    func floatFeatures(_ storage: SampleStorage) throws(DataError) -> SampleStore<Float> {
        let isLarge = header.count > storage.memoryLimit / MemoryLayout<Float>.stride
        let direct =
            isLarge && !isTransposed && header.type == .float32 ? try elementsWhereTheyLie(Float.self) : nil
        var elements = SampleWriter<Float>(path: name, storage: storage)
        if isLarge, direct == nil { try elements.spill() }
        try readNumbers(storage) { numbers, first throws(DataError) in
            if let wrong = numbers.firstIndex(where: { !$0.isFinite }) {
                throw notFinite(first + wrong)
            }
            guard direct == nil else { return }
            elements.held += numbers
            try elements.flush()
        }
        if let direct { return direct }
        return try elements.finish()
    }

    /// Calls `body` with all elements as 32-bit numbers row by row, and the place of the first of them.
    func readNumbers(
        _ storage: SampleStorage, _ body: ([Float], Int) throws(DataError) -> Void
    ) throws(DataError) {
        var (numbers, first) = ([Float](), 0)
        try readPieces(storage) { piece throws(DataError) in
            numbers.removeAll(keepingCapacity: true)
            header.type.append(piece, to: &numbers)
            try body(numbers, first)
            first += numbers.count
        }
    }

    private func notFinite(_ place: Int) -> DataError {
        DataError(
            .nonFinite, file: name,
            "sample \(place / sampleSize) (counted from 0) has a value at \(place % sampleSize) that is not a finite "
                + "32-bit number")
    }
}
