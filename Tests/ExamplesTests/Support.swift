import Foundation
import Parallel
import Spec

/// The project's folder of examples.
let examples = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Examples").resolvingSymlinksInPath()
    .path(percentEncoded: false)

/// A job file of the examples, with its paths made absolute.
func job(_ file: String, overrides: [String] = []) throws -> JobSpec {
    let path = examples + "/" + file
    let text = try String(contentsOfFile: path, encoding: .utf8)
    return try JobSpec(yaml: text, file: file, overrides: overrides)
        .resolvingPaths(relativeTo: (path as NSString).deletingLastPathComponent)
}

/// Keeps the first and the last snapshot and all metric rows.
actor LastSnapshot: SnapshotSink {
    private(set) var first: TrainingSnapshot?
    private(set) var snapshot: TrainingSnapshot?
    private(set) var metrics: [MetricRow] = []

    func commit(_ snapshot: TrainingSnapshot) {
        if first == nil { first = snapshot }
        self.snapshot = snapshot
        metrics += snapshot.metrics
    }
}
