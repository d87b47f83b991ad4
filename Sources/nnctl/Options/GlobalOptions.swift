package import ArgumentParser

/// What every verb understands, before its name and after it.
package struct GlobalOptions: ParsableArguments {
    @Option(
        help: "The daemon's socket. Default: $NND_SOCKET, else the user's own.", completion: .file())
    package var socket: String?

    @Flag(help: "Print JSON; streams print one object a line.")
    package var json = false

    @Option(help: "Colours: auto, always or never. NO_COLOR is respected.")
    package var color = ColorMode.auto

    @Flag(name: .shortAndLong, help: "Print no talk, only data and errors.")
    package var quiet = false

    package init() {}
}

/// When colours are used.
package enum ColorMode: String, ExpressibleByArgument, CaseIterable {
    /// On a terminal, unless `NO_COLOR` is set or the terminal is dumb.
    case auto
    case always
    case never

    package func style(isTerminal: Bool, environment: [String: String]) -> Style {
        switch self {
        case .always: return .colored
        case .never: return .plain
        case .auto:
            // https://no-color.org: present and not empty.
            let refused = environment["NO_COLOR"].map { !$0.isEmpty } ?? false
            return Style(isColored: isTerminal && !refused && environment["TERM"] != "dumb")
        }
    }
}
