package import ArgumentParser
package import Control
import Foundation

extension DaemonVerb {
    /// `nnctl daemon install --user`
    package struct Install: Verb {
        package static let configuration = CommandConfiguration(
            abstract: "Write the unit with which systemd runs nnd for you.",
            discussion: """
                The unit goes to $XDG_CONFIG_HOME/systemd/user/nnd.service (~/.config without that). One that you have \
                changed stays, unless --force is given.
                Example: nnctl daemon install --user && systemctl --user enable --now nnd
                """)

        @Flag(help: "For the user who asks, the only way in this version.")
        package var user = false

        @Flag(help: "Write over a unit that is there.")
        package var force = false

        @OptionGroup package var global: GlobalOptions

        package init() {}

        package func validate() throws {
            guard user else {
                throw ValidationError(
                    "A unit for the whole system is not available in this version; give --user.")
            }
        }

        package func run(in session: Session) async throws -> ExitStatus {
            let program = try DaemonProgram.find(searchPath: session.environment["PATH"])
            let place = try UserUnitPlace(environment: session.environment)
            let text = ServiceUnit.user(program: program)
            if !force, let there = try? String(contentsOfFile: place.path, encoding: .utf8), there != text {
                throw Failure(
                    .cannotCreate, "\(place.path) is there and differs; --force writes over it.")
            }
            do {
                try FileManager.default.createDirectory(
                    atPath: place.directory, withIntermediateDirectories: true)
                try Data(text.utf8).write(to: URL(fileURLWithPath: place.path), options: .atomic)
            } catch {
                throw Failure(
                    .cannotCreate, "\(place.path) cannot be written: \(error.localizedDescription)")
            }
            try session.report(
                InstalledUnit(unit: place.path, program: program),
                """
                \(place.path) is written. Next: systemctl --user daemon-reload && systemctl --user enable --now nnd
                To have it run while you are not logged in: loginctl enable-linger
                """)
            return .success
        }
    }
}

/// What `nnctl daemon install --json` prints.
private struct InstalledUnit: Encodable {
    let unit: String
    let program: String
}

/// Where systemd looks for a user's units, systemd.unit(5).
private struct UserUnitPlace {
    let directory: String

    init(environment: [String: String]) throws(Failure) {
        func absolute(_ name: String) -> String? {
            environment[name].flatMap { $0.hasPrefix("/") ? $0 : nil }
        }
        guard let configuration = absolute("XDG_CONFIG_HOME") ?? absolute("HOME").map({ $0 + "/.config" })
        else {
            throw Failure(.cannotCreate, "There is no home directory; set $HOME or $XDG_CONFIG_HOME.")
        }
        directory = configuration + "/systemd/user"
    }

    var path: String { directory + "/nnd.service" }
}
