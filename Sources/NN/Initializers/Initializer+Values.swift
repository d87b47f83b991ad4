import Tensor

extension Initializer {
    /// The starting values of the parameter called `name`: a function of seed, name and position alone.
    func values(shape: [Int], name: String, seed: UInt64) -> [Float] {
        let random = ParameterRandom(name: name, seed: seed)
        let count = shape.reduce(1, *)
        switch self {
        case .zeros: return [Float](repeating: 0, count: count)
        case .ones: return [Float](repeating: 1, count: count)
        case .constant(let value): return [Float](repeating: value, count: count)
        case .normal(let deviation): return (0..<count).map { Float(deviation * random.normal(at: $0)) }
        case .truncatedNormal(let deviation):
            return (0..<count).map { Float(deviation * random.truncatedNormal(at: $0, within: 2)) }
        case .uniform(let bound): return (0..<count).map { Float(bound * (2 * random.unit(at: $0) - 1)) }
        case .orthogonal(let gain):
            let rows = shape.first ?? 1
            let columns = rows == 0 ? 0 : count / rows
            return orthogonalMatrix(rows: rows, columns: columns) { random.normal(at: $0) }.map {
                Float(gain * $0)
            }
        case .custom(let custom):
            let values = custom.values(shape, random)
            require(
                values.count == count,
                "the initializer of `\(name)` gave \(values.count) values for the shape \(shape)")
            return values
        }
    }
}
