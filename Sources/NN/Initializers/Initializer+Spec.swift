import Spec

extension Initializer {
    /// The start that a job file names, for a layer with these fans.
    init(_ spec: InitializerSpec, fanIn: Int, fanOut: Int) {
        switch spec {
        case .zeros: self = .zeros
        case .ones: self = .ones
        case .constant(let value): self = .constant(Float(value))
        case .normal(let deviation): self = .normal(deviation: deviation)
        case .truncatedNormal(let deviation): self = .truncatedNormal(deviation: deviation)
        case .uniform(let bound): self = .uniform(bound: bound)
        case .heNormal: self = .heNormal(fanIn: fanIn)
        case .heUniform: self = .heUniform(fanIn: fanIn)
        case .xavierNormal: self = .xavierNormal(fanIn: fanIn, fanOut: fanOut)
        case .xavierUniform: self = .xavierUniform(fanIn: fanIn, fanOut: fanOut)
        case .lecunNormal: self = .lecunNormal(fanIn: fanIn)
        case .lecunUniform: self = .lecunUniform(fanIn: fanIn)
        case .orthogonal(let gain): self = .orthogonal(gain: gain)
        }
    }
}
