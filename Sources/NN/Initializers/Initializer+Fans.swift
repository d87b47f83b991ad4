import Tensor

// fanIn is what one output is a sum of, fanOut what one input goes into: the features of a dense layer, channels /
// groups * kernel size of a convolution.
extension Initializer {
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

    /// Normal with deviation sqrt(1 / fanIn) (LeCun et al. 1998, "Efficient BackProp", eq. 16).
    public static func lecunNormal(fanIn: Int) -> Initializer {
        .normal(deviation: (1 / Double(fanIn)).squareRoot())
    }

    /// Uniform with the variance of `lecunNormal`: bound sqrt(3 / fanIn).
    public static func lecunUniform(fanIn: Int) -> Initializer {
        .uniform(bound: (3 / Double(fanIn)).squareRoot())
    }

    /// What the weight of a layer with this activation starts with unless told otherwise.
    static func standard(before activation: Activation, fanIn: Int, fanOut: Int) -> Initializer {
        activation == .relu ? .heNormal(fanIn: fanIn) : .xavierNormal(fanIn: fanIn, fanOut: fanOut)
    }
}
