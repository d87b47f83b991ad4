/// An n-dimensional array of Float32, row-major, and what is needed to differentiate it.
///
/// A tensor's values never change, but for a view of a `FlatBuffer`, which must not be written between an operation on
/// the view and the gradient through it. Operations make new tensors and, where an operand is tracked, record how
/// to send a gradient back (`gradients(of:withRespectTo:)`). A tensor is confined to the thread that made it.
///
/// Operands whose shapes do not fit are a programming error and stop the program with both shapes; a model
/// built from a job file has had its shapes checked before the first tensor exists.
public struct Tensor {
    /// The sizes of its axes.
    public let shape: Shape
    let storage: Storage
    /// Where this tensor's first value lies in the storage.
    let offset: Int
    /// The operation that made this tensor, or the leaf it is; nil when no gradient flows through it.
    let node: Node?

    init(shape: Shape, storage: Storage, offset: Int = 0, node: Node? = nil) {
        self.shape = shape
        self.storage = storage
        self.offset = offset
        self.node = node
    }

    /// How many values there are; 1 for a scalar.
    public var count: Int { shape.count }

    /// Whether gradients flow back through this tensor.
    public var isTracked: Bool { node != nil }

    /// The same values without their history: no gradient flows through the result.
    public var detached: Tensor { Tensor(shape: shape, storage: storage, offset: offset) }

    /// The same values as a leaf of its own, with respect to which gradients can be asked.
    public var tracked: Tensor {
        Tensor(shape: shape, storage: storage, offset: offset, node: Node(shape: shape))
    }
}
