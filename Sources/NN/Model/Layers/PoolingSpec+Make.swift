import Spec

extension PoolingSpec {
    func layer() -> Pooling {
        let reduction: Pooling.Reduction =
            switch reduction {
            case .max: .max
            case .average: .average(countingPadding: countsPadding)
            }
        return Pooling(reduction, size: size, stride: stride, padding: padding)
    }
}

extension GlobalPoolingSpec {
    func layer() -> GlobalPooling {
        switch reduction {
        case .max: GlobalPooling(.max)
        case .average: GlobalPooling(.average)
        }
    }
}
