/// Training ends before its last step when a metric has not become better for `patience` epochs in a row.
public struct EarlyStoppingSpec: Sendable, Equatable {
    /// What is watched, and which end of it is good.
    public var watched: WatchedMetric
    /// Epochs without anything better after which training ends; at least 1.
    public var patience: Int

    /// Watches the validation loss unless told otherwise.
    public init(watched: WatchedMetric = WatchedMetric(), patience: Int) {
        self.watched = watched
        self.patience = patience
    }
}

extension EarlyStoppingSpec: DocumentValue {
    init(_ node: DocumentNode) throws(SpecError) {
        self.init(
            watched: try WatchedMetric(keysOf: node, minDelta: 0), patience: try node.required("patience"))
    }

    var document: DocumentNode {
        watched.document.merging(DocumentNode(["patience": patience.document]))
    }
}
