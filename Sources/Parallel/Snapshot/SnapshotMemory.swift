import Synchronization
import Tensor

/// Where a job's buffers are copied to at a checkpoint: the same memory each time.
///
/// The system hands out new memory page by page and clears each one, which takes longer than the copy. Memory whose
/// last snapshot somebody still holds is left to him, and new memory taken.
final class SnapshotMemory: Sendable {
    private let copies: [Copy]

    private final class Copy: Sendable {
        let name: String
        let original: FlatBuffer
        let values = Mutex<[Float]>([])

        init(name: String, original: FlatBuffer) {
            (self.name, self.original) = (name, original)
        }
    }

    init(_ state: TrainingState) {
        copies = state.named.map { Copy(name: $0.name, original: $0.buffer) }
    }

    /// Copies every `parts`-th buffer from number `part` on. Several threads may do so at a time, each its own part.
    func take(part: Int, of parts: Int) {
        for number in stride(from: part, to: copies.count, by: parts) {
            let copy = copies[number]
            copy.values.withLock { copy.original.copy(to: &$0) }
        }
    }

    /// What was copied last, parameters first.
    var buffers: [SnapshotBuffer] {
        copies.map { copy in SnapshotBuffer(name: copy.name, values: copy.values.withLock { $0 }) }
    }
}
