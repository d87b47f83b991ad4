package import Tensor

/// Where each parameter lies in a flat buffer: in the order of their names' UTF-8 bytes, one after another,
/// without gaps; after them the running averages in the same order.
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

    /// One running average and its place.
    public struct AverageEntry: Sendable, Hashable {
        /// What lies there.
        public let average: RunningAverage
        /// Where the values lie in the flat buffer.
        public let range: Range<Int>
    }

    /// The parameters in the order of their names.
    public let entries: [Entry]
    /// The running averages in the order of their names.
    public let averages: [AverageEntry]
    /// How many of the flat buffer's numbers are parameters; the averages follow.
    public let parameterCount: Int
    /// The length of the flat buffer.
    public let count: Int

    /// - Precondition: no two parameters or averages share a name.
    public init(_ parameters: [Parameter], averages: [RunningAverage] = []) {
        var names = Set<String>()
        for name in parameters.map(\.name) + averages.map(\.name) {
            require(names.insert(name).inserted, "two parameters are called \(name)")
        }
        var offset = 0
        func place(_ count: Int) -> Range<Int> {
            defer { offset += count }
            return offset..<(offset + count)
        }
        entries = sorted(parameters, by: \.name).map { Entry(parameter: $0, range: place($0.count)) }
        parameterCount = offset
        self.averages = sorted(averages, by: \.name).map { AverageEntry(average: $0, range: place($0.count)) }
        count = offset
    }

    /// The weights whose gradients can be kept as factors, in order; nothing frozen is among them.
    package var factoredWeights: [GradientFactors.Weight] {
        entries.compactMap { entry in
            guard entry.parameter.hasFactoredGradient, !entry.parameter.policy.isFrozen, !entry.range.isEmpty
            else { return nil }
            return GradientFactors.Weight(
                offset: entry.range.lowerBound, inputs: entry.parameter.shape[0],
                outputs: entry.parameter.shape[1])
        }
    }

    /// Names and shapes of everything in the buffer, in order.
    public var tensors: [(name: String, shape: [Int])] {
        entries.map { ($0.parameter.name, $0.parameter.shape) }
            + averages.map { ($0.average.name, $0.average.shape) }
    }
}

private func sorted<Element>(_ elements: [Element], by name: KeyPath<Element, String>) -> [Element] {
    elements.sorted { $0[keyPath: name].utf8.lexicographicallyPrecedes($1[keyPath: name].utf8) }
}
