/// Where each parameter lies in a flat buffer: in the order of their names' UTF-8 bytes, one after another,
/// without gaps.
///
/// Gradients and optimizer state have the same layout. The order is that of the weights' digest, and it does
/// not depend on a dictionary's, which differs from process to process.
public struct ParameterLayout: Sendable, Hashable {
    /// One parameter and its place.
    public struct Entry: Sendable, Hashable {
        /// What lies there.
        public let parameter: Parameter
        /// Where the values lie in the flat buffer.
        public let range: Range<Int>
    }

    /// In the order of the parameters' names.
    public let entries: [Entry]
    /// The length of the flat buffer.
    public let count: Int

    /// - Precondition: no two parameters share a name.
    public init(_ parameters: [Parameter]) {
        let sorted = parameters.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
        var entries: [Entry] = []
        var offset = 0
        for parameter in sorted {
            precondition(
                entries.last?.parameter.name != parameter.name, "two parameters are called \(parameter.name)")
            entries.append(Entry(parameter: parameter, range: offset..<(offset + parameter.count)))
            offset += parameter.count
        }
        self.entries = entries
        count = offset
    }

    /// The parts of `range` that L2 applies to.
    func decaying(in range: Range<Int>) -> [Range<Int>] {
        entries.filter(\.parameter.decays).map { $0.range.clamped(to: range) }.filter { !$0.isEmpty }
    }
}
