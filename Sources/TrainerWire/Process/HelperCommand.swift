/// A program that the daemon starts, and what keeps it from leaving anything behind.
package struct HelperCommand: Sendable, Equatable {
    /// The path of `nnd-keeper`.
    package var keeper: String
    /// A path, or a name that is looked for in `PATH`.
    package var program: String
    package var arguments: [String]
    /// All of it: nothing is inherited.
    package var environment: [String: String]

    package init(
        keeper: String, program: String, arguments: [String] = [], environment: [String: String] = [:]
    ) {
        self.keeper = keeper
        self.program = program
        self.arguments = arguments
        self.environment = environment
    }
}
