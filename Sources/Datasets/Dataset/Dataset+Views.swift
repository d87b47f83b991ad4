import Tensor

extension Dataset {
    /// The number of samples.
    public var count: Int {
        if let rows { return rows.count }
        return features.count / featureCount
    }

    /// The number of feature elements of one sample.
    public var featureCount: Int { featureShape.reduce(1, *) }

    /// The number of classes, one more than the largest label of the whole file; nil when targets are values or unknown.
    public var classCount: Int? {
        switch targets {
        case .classes(_, let classCount), .sequences(_, _, let classCount): classCount
        case .values, .unknown: nil
        }
    }

    /// Class indices of one sample: 1, or the positions of a sequence; nil when targets are values or unknown.
    public var labelsPerSample: Int? {
        switch targets {
        case .classes: 1
        case .sequences(_, let length, _): length
        case .values, .unknown: nil
        }
    }

    /// The shape of one sample's target values; nil when targets are classes.
    public var targetShape: [Int]? {
        if case .values(_, let shape) = targets { return shape }
        return nil
    }

    /// Looks for the least and the greatest target value of this view.
    ///
    /// - Returns: nil when targets are classes or there are no samples.
    /// - Throws: `DataError` when a file with samples has changed or cannot be read.
    public func targetRange() throws(DataError) -> ClosedRange<Float>? {
        guard case .values(let values, let shape) = targets, count > 0 else { return nil }
        var (least, greatest) = (Float.infinity, -Float.infinity)
        try values.forEachRun(of: rows, size: shape.reduce(1, *)) { run in
            for i in run.indices {
                least = min(least, run[i])
                greatest = max(greatest, run[i])
            }
        }
        return least <= greatest ? least...greatest : nil
    }

    /// Bytes of memory that the samples of the storage take, whatever part of them this view shows.
    package var storedBytes: Int { features.memoryBytes + targets.memoryBytes }

    /// Bytes of the samples that this view shows, in the form in which they are kept, be that in memory or in files.
    package var bytes: Int {
        let features =
            switch self.features {
            case .bytes: featureCount
            case .floats: featureCount * MemoryLayout<Float>.stride
            }
        let targets =
            switch self.targets {
            case .classes: MemoryLayout<Int32>.stride
            case .sequences(_, let length, _): length * MemoryLayout<Int32>.stride
            case .values(_, let shape): shape.reduce(1, *) * MemoryLayout<Float>.stride
            case .unknown: 0
            }
        return count * (features + targets)
    }

    /// Bytes of memory that this view takes besides.
    package var viewBytes: Int { (rows?.count ?? 0) * MemoryLayout<Int32>.stride }

    /// A view of some samples in the order given. Costs four bytes a row, and no copy of samples.
    ///
    /// - Parameter chosen: indices into this view.
    /// - Returns: a view of `chosen.count` samples.
    /// - Precondition: every index is in 0 ..< `count`.
    public func subset(rows chosen: [Int32]) -> Dataset {
        let count = count
        let stored = chosen.map { row in
            require(row >= 0 && row < count, "row \(row) is outside of a data set of \(count) samples")
            return rows.map { $0[Int(row)] } ?? row
        }
        var view = Dataset(
            featureShape: featureShape, scaling: scaling, features: features, targets: targets, rows: stored,
            kernel: kernel)
        view.names = names
        return view
    }

    /// A view of the same samples whose features are gathered through `scaling` and no other.
    ///
    /// - Throws: `DataError` when `scaling` was fitted on samples with another number of features.
    public func scaled(by scaling: FeatureScaling) throws(DataError) -> Dataset {
        if case .standardize(let means, let deviations) = scaling {
            guard means.count == featureCount, deviations.count == featureCount else {
                throw DataError(
                    .badScale,
                    "the scaling was fitted on \(means.count) features, but the samples have \(featureCount)")
            }
        }
        var view = Dataset(
            featureShape: featureShape, scaling: scaling, features: features, targets: targets, rows: rows,
            kernel: ScalingKernel(scaling))
        view.names = names
        return view
    }

    /// Where a row of this view lies in the storage.
    @inline(__always)
    func storedRow(_ row: Int32) -> Int {
        if let rows { return Int(rows[Int(row)]) }
        return Int(row)
    }
}
