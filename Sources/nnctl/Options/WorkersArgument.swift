import ArgumentParser
package import Spec

/// A number of workers as it is typed: an integer of at least 1, or `auto`.
package struct WorkersArgument: ExpressibleByArgument, Equatable {
    package var count: WorkerCount

    /// As it was typed.
    var word: String {
        switch count {
        case .auto: "auto"
        case .count(let number): "\(number)"
        }
    }

    /// - Throws: `ValidationError` that says what would be right.
    @Sendable package static func read(_ text: String) throws -> WorkersArgument {
        guard let workers = WorkersArgument(argument: text) else {
            throw ValidationError("expected auto or a number of at least 1")
        }
        return workers
    }

    package init?(argument: String) {
        if argument == "auto" {
            count = .auto
        } else if let number = Int(argument), number >= 1 {
            count = .count(number)
        } else {
            return nil
        }
    }
}
