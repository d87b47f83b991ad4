import ArgumentParser
import Parallel

/// Numbers of workers as they are typed: integers from 1 on with commas between them; `auto` is the CPUs that the
/// process may use.
package struct WorkerCounts: ExpressibleByArgument, Equatable {
    package let counts: [Int]

    package init?(argument: String) {
        var counts: [Int] = []
        for part in argument.split(separator: ",", omittingEmptySubsequences: false) {
            guard let count = part == "auto" ? automaticWorkerCount() : Int(part),
                (1...Coordinator.largestWorkerCount).contains(count)
            else { return nil }
            counts.append(count)
        }
        self.counts = counts
    }
}
