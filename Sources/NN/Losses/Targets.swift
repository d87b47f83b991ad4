public import Tensor

/// What a batch should come out as.
public enum Targets {
    /// One class index a sample or, for outputs of [batch, positions, classes], one a position.
    case classes([Int32])
    /// [batch, …]: numbers of the shape of the model's output.
    case values(Tensor)
}
