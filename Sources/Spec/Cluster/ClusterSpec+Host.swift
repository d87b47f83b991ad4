extension ClusterSpec {
    /// A machine, and how many processes it takes.
    public struct Host: Sendable, Equatable, CustomStringConvertible {
        /// Its name or its address.
        public var name: String
        /// How many processes it takes at most.
        public var slots: Int

        /// A machine that takes one process, unless told otherwise.
        public init(name: String, slots: Int = 1) {
            self.name = name
            self.slots = slots
        }

        /// As `mpirun --host` takes it: `NAME:SLOTS`.
        public var description: String { "\(name):\(slots)" }
    }
}

extension ClusterSpec.Host: DocumentValue {
    init(_ node: DocumentNode) throws(SpecError) {
        let parts = try String(node).split(separator: ":", maxSplits: 1)
        guard let name = parts.first else { throw node.mismatch("a host") }
        self.init(name: String(name), slots: parts.dropFirst().first.flatMap { Int($0) } ?? 1)
    }

    var document: DocumentNode { description.document }
}
