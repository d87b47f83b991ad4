package import Control

/// How many jobs are in each state.
package struct JobCounts: Sendable, Equatable {
    private var counts: [JobState: Int] = [:]

    package init(_ states: [JobState]) {
        for state in states { counts[state, default: 0] += 1 }
    }

    package subscript(state: JobState) -> Int { counts[state] ?? 0 }
}
