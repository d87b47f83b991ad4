package import ArgumentParser
import Control

/// Where a daemon that is started keeps its state.
package struct StateOptions: ParsableArguments {
    @Option(
        help: "State directory of an nnd that is started. Default: $STATE_DIRECTORY, else the user's own.",
        completion: .directory)
    package var stateDir: String?

    package init() {}

    func directory(_ session: Session) throws(PlaceError) -> StateDirectory {
        try StateDirectory.find(option: stateDir, environment: session.environment, userID: session.userID)
    }
}
