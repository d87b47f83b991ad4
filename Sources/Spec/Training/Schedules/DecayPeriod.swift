/// How much training a schedule's factor is for; at least 1.
public enum DecayPeriod: Sendable, Equatable {
    case steps(Int)
    case epochs(Int)
}

extension DecayPeriod {
    /// From a mapping that has one of the two keys.
    init(keysOf node: DocumentNode) throws(SpecError) {
        if let steps = node["every_steps"] {
            self = .steps(try Int(steps))
        } else {
            self = .epochs(try node.required("every_epochs"))
        }
    }

    var document: DocumentNode {
        switch self {
        case .steps(let count): DocumentNode(["every_steps": count.document])
        case .epochs(let count): DocumentNode(["every_epochs": count.document])
        }
    }
}
