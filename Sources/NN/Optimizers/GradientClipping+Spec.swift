public import Spec

extension GradientClipping {
    /// The clipping that a job file asks for; nil when it asks for none.
    public init?(_ spec: TrainingSpec) {
        if let norm = spec.clipNorm {
            self = .norm(norm)
        } else if let value = spec.clipValue {
            self = .value(value)
        } else {
            return nil
        }
    }
}
