/// How the weights of a layer start; biases start at zero.
public enum InitializerSpec: String, Sendable, Codable, CaseIterable {
    case zeros
    /// Normal with standard deviation sqrt(2 / fan_in) (He et al. 2015, arXiv:1502.01852, eq. 10).
    case heNormal = "he_normal"
    /// Uniform within +-sqrt(6 / fan_in).
    case heUniform = "he_uniform"
    /// Normal with standard deviation sqrt(2 / (fan_in + fan_out)) (Glorot & Bengio 2010, eq. 12).
    case xavierNormal = "xavier_normal"
    /// Uniform within +-sqrt(6 / (fan_in + fan_out)) (Glorot & Bengio 2010, eq. 16).
    case xavierUniform = "xavier_uniform"

    /// What a layer with this activation starts with unless told otherwise.
    static func standard(before activation: ActivationSpec?) -> InitializerSpec {
        activation == .relu ? .heNormal : .xavierNormal
    }
}

extension InitializerSpec: DocumentValue {}
