/// What a run of steps came to.
package struct StepRunResult: Sendable {
    /// One for each step passed.
    package var steps: [StepResult] = []
    package var failure: (any Error)?

    package init(steps: [StepResult] = []) {
        self.steps = steps
    }
}

package struct StepResult: Sendable {
    package var tally: Tally
    /// Whether loss and gradient were finite. The update was applied if and only if they were.
    package var isFinite: Bool

    package init(tally: Tally, isFinite: Bool) {
        self.tally = tally
        self.isFinite = isFinite
    }
}
