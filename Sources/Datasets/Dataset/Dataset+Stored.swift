extension Dataset {
    /// Features where they are kept.
    enum StoredFeatures: Sendable {
        case bytes(SampleStore<UInt8>)
        case floats(SampleStore<Float>)

        init(_ features: Features) {
            switch features {
            case .bytes(let values): self = .bytes(.memory(values))
            case .floats(let values): self = .floats(.memory(values))
            }
        }

        var count: Int {
            switch self {
            case .bytes(let values): values.count
            case .floats(let values): values.count
            }
        }

        var memoryBytes: Int {
            switch self {
            case .bytes(let values): values.memoryBytes
            case .floats(let values): values.memoryBytes
            }
        }
    }

    /// Targets where they are kept.
    enum StoredTargets: Sendable {
        case classes(SampleStore<Int32>, classCount: Int)
        case sequences(SampleStore<Int32>, length: Int, classCount: Int)
        case values(SampleStore<Float>, shape: [Int])
        /// Nobody knows them: they are to be predicted.
        case unknown

        init(_ targets: Targets) {
            switch targets {
            case .classes(let labels, let classCount):
                self = .classes(.memory(labels), classCount: classCount)
            case .sequences(let labels, let length, let classCount):
                self = .sequences(.memory(labels), length: length, classCount: classCount)
            case .values(let values, let shape): self = .values(.memory(values), shape: shape)
            }
        }

        var memoryBytes: Int {
            switch self {
            case .classes(let labels, _), .sequences(let labels, _, _): labels.memoryBytes
            case .values(let values, _): values.memoryBytes
            case .unknown: 0
            }
        }
    }
}
