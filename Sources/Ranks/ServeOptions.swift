import ArgumentParser

/// `nnd-rank serve`
struct ServeOptions: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Train the job that a daemon orders, which has started these processes.",
        shouldDisplay: false)
}
