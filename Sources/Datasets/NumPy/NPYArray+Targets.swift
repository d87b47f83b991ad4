import NumPy

extension NPYArray {
    /// All elements as what a model is to predict: class indices, of which several a sample are those of a sequence, or
    /// values.
    ///
    /// - Throws: `DataError` when the array does not hold what its header says, or something else than targets.
    func targets(_ task: LearningTask, _ storage: SampleStorage) throws(DataError) -> Dataset.StoredTargets {
        switch task {
        case .classification:
            let (labels, classCount) = try classes(storage)
            return sampleSize == 1
                ? .classes(labels, classCount: classCount)
                : .sequences(labels, length: sampleSize, classCount: classCount)
        case .regression: return .values(try floatFeatures(storage), shape: [sampleSize])
        }
    }

    private func classes(
        _ storage: SampleStorage
    ) throws(DataError) -> (labels: SampleStore<Int32>, classCount: Int) {
        var labels = SampleWriter<Int32>(path: name, storage: storage)
        if header.count > storage.memoryLimit / MemoryLayout<Int32>.stride { try labels.spill() }
        var largest: Float = 0
        try readNumbers(storage) { numbers, first throws(DataError) in
            for (index, number) in numbers.enumerated() {
                guard number >= 0, number <= NPYArray.largestLabel, number == number.rounded() else {
                    throw DataError(
                        .badLabel, file: name,
                        "label \(first + index) (counted from 0) is \(number), not a class index, a whole number from "
                            + "0 to \(Int(NPYArray.largestLabel))")
                }
                largest = max(largest, number)
                labels.held.append(Int32(number))
            }
            try labels.flush()
        }
        return (try labels.finish(), Int(largest) + 1)
    }

    /// Every whole number up to here is a Float of its own.
    private static let largestLabel: Float = 16_777_215
}
