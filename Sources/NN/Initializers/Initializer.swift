import Tensor

/// How a parameter starts.
public enum Initializer: Sendable, Hashable {
    case zeros
    /// Normal with mean 0 and this standard deviation.
    case normal(deviation: Double)
    /// Uniform in -bound ..< bound.
    case uniform(bound: Double)

    /// Normal with deviation sqrt(2 / fanIn): keeps the variance of ReLU layers (He et al. 2015,
    /// arXiv:1502.01852).
    public static func heNormal(fanIn: Int) -> Initializer {
        .normal(deviation: (2 / Double(fanIn)).squareRoot())
    }

    /// Uniform with the variance of `heNormal`: bound sqrt(6 / fanIn).
    public static func heUniform(fanIn: Int) -> Initializer {
        .uniform(bound: (6 / Double(fanIn)).squareRoot())
    }

    /// Normal with deviation sqrt(2 / (fanIn + fanOut)) (Glorot & Bengio 2010, eq. 12).
    public static func xavierNormal(fanIn: Int, fanOut: Int) -> Initializer {
        .normal(deviation: (2 / Double(fanIn + fanOut)).squareRoot())
    }

    /// Uniform with the variance of `xavierNormal`: bound sqrt(6 / (fanIn + fanOut)) (Glorot & Bengio 2010,
    /// eq. 16).
    public static func xavierUniform(fanIn: Int, fanOut: Int) -> Initializer {
        .uniform(bound: (6 / Double(fanIn + fanOut)).squareRoot())
    }
}

extension Initializer {
    /// The starting values of the parameter called `name`: a function of seed, name and position alone, so
    /// that adding a layer changes no other layer's.
    func values(count: Int, name: String, seed: UInt64) -> [Float] {
        let random = Philox(seed: seed, purpose: .initialize)
        let stream = Initializer.stream(of: name)
        switch self {
        case .zeros:
            return [Float](repeating: 0, count: count)
        case .normal(let deviation):
            return (0..<count).map { Float(deviation * random.normal(stream: stream, index: UInt64($0))) }
        case .uniform(let bound):
            return (0..<count).map { i in
                Float(bound * (2 * random.unit(stream: stream, index: UInt64(i)) - 1))
            }
        }
    }

    /// FNV-1a of the name, 32 bits.
    private static func stream(of name: String) -> UInt32 {
        name.utf8.reduce(2_166_136_261) { ($0 ^ UInt32($1)) &* 16_777_619 }
    }
}
