public import Spec

/// On the wire a count of workers is a number or the string `auto`.
extension WorkerCount: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let count = try? container.decode(Int.self), count >= 1 {
            self = .count(count)
        } else if (try? container.decode(String.self)) == "auto" {
            self = .auto
        } else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "workers: expected an integer of at least 1 or \"auto\"")
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .auto: try container.encode("auto")
        case .count(let count): try container.encode(count)
        }
    }
}
