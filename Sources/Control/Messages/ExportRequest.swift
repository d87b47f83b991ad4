public import Spec

/// What of a job is written in the format of other programs.
public struct ExportRequest: Sendable, Equatable {
    /// A file format.
    public enum Format: String, Sendable, CaseIterable {
        /// https://github.com/huggingface/safetensors
        case safetensors
        /// NumPy's archives of arrays.
        case npz
        /// Layers and weights, for other programs to predict with (https://onnx.ai).
        case onnx
    }

    /// Which of a checkpoint's weights.
    public enum Source: String, Sendable, CaseIterable {
        /// As training goes on with them; the digest is theirs.
        case trained
        /// Their moving average, which evaluations score where a job keeps one (`training.ema`).
        case averaged
    }

    public var format: Format
    /// How the tensors are called and lie; of no meaning to `onnx`.
    public var layout: WeightsLayout
    /// Nil for `trained`, and for the weights that evaluations score in a format that holds a whole model.
    public var weights: Source?
    /// Nil for the last one.
    public var checkpoint: Int?

    public init(
        format: Format, layout: WeightsLayout = .native, weights: Source? = nil, checkpoint: Int? = nil
    ) {
        self.format = format
        self.layout = layout
        self.weights = weights
        self.checkpoint = checkpoint
    }
}
