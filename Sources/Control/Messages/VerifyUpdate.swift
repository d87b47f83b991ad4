/// A line of the answer to `GET /v1/jobs/{job}/verify`: an object with one key, which says what the line is.
public enum VerifyUpdate: Sendable, Equatable {
    /// A checkpoint was read and checked.
    case checkpoint(CheckpointCheck)
    /// All were; the last line.
    case summary(VerifySummary)
    /// How far the training of a stretch has come.
    case progress(VerifyProgress)
    /// What it came to; the last line.
    case comparison(VerifyComparison)
    /// Why there will be no other line.
    case problem(Problem)
}

extension VerifyUpdate: Codable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case checkpoint, summary, progress, comparison, problem
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        guard let key = CodingKeys.allCases.first(where: container.contains) else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "a line of no kind that is known"))
        }
        self =
            switch key {
            case .checkpoint: .checkpoint(try container.decode(CheckpointCheck.self, forKey: key))
            case .summary: .summary(try container.decode(VerifySummary.self, forKey: key))
            case .progress: .progress(try container.decode(VerifyProgress.self, forKey: key))
            case .comparison: .comparison(try container.decode(VerifyComparison.self, forKey: key))
            case .problem: .problem(try container.decode(Problem.self, forKey: key))
            }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        switch self {
        case .checkpoint(let value): try container.encode(value, forKey: .checkpoint)
        case .summary(let value): try container.encode(value, forKey: .summary)
        case .progress(let value): try container.encode(value, forKey: .progress)
        case .comparison(let value): try container.encode(value, forKey: .comparison)
        case .problem(let value): try container.encode(value, forKey: .problem)
        }
    }
}
