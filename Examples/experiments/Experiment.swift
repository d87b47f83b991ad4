/// A comparison of nets that differ in one thing.
package protocol Experiment: Sendable {
    /// What the command line calls it, and its plot's file.
    static var name: String { get }
    /// What it shows, in a sentence for the help.
    static var abstract: String { get }

    /// Trains all nets and tells what came of it: the same numbers every time.
    ///
    /// - Parameters:
    ///   - images: What the nets are trained on.
    ///   - workers: Changes the time and no number.
    /// - Returns: table, sentence and figure.
    /// - Throws: `SpecError`, `DataError` or `TrainingError`, naming the key or file.
    static func report(on images: ImageSet, workers: Int) async throws -> Report
}
