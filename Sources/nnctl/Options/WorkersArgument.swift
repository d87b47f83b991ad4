import ArgumentParser
package import Spec

/// A number of workers as it is typed: an integer of at least 1, or `auto`.
package struct WorkersArgument: ExpressibleByArgument, Equatable {
    package var count: WorkerCount

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
