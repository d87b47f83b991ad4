package import ArgumentParser
package import Control
import Glibc

extension DaemonVerb {
    /// `nnctl daemon install [--user]`
    package struct Install: Verb {
        package static let configuration = CommandConfiguration(
            commandName: "install",
            abstract: "Write the units with which systemd runs nnd, for the whole system or for you.",
            discussion: """
                For the whole system, nnd.service and nnd.socket go to /etc/systemd/system, which needs root; the daemon \
                runs as the user nnd, and members of the group nnd may use it. With --user, nnd.service goes to \
                $XDG_CONFIG_HOME/systemd/user (~/.config without that). Units that you have changed stay, unless \
                --force is given.
                Example: nnctl daemon install --user && systemctl --user enable --now nnd
                """)

        @Flag(help: "For the user who asks, rather than for the whole system.")
        package var user = false

        @Flag(help: "Write over units that are there.")
        package var force = false

        @Option(help: "Where the units go instead, to look at them or for the image of a system.")
        package var directory: String?

        @OptionGroup package var global: GlobalOptions

        package init() {}

        package func run(in session: Session) async throws -> ExitStatus {
            guard user || directory != nil || geteuid() == 0 else {
                throw Failure(
                    .noPermission,
                    "Only root may install a service for the whole system; --user installs one for you alone."
                )
            }
            let program = try DaemonProgram.find(searchPath: session.environment["PATH"])
            guard ServiceUnit.canRun(program) else {
                throw Failure(
                    .cannotCreate,
                    "systemd runs no program whose path has a quotation mark, a backslash or a control character: "
                        + "\(program.printable); put nnd elsewhere.")
            }
            let units = user ? ServiceUnit.user(program: program) : ServiceUnit.system(program: program)
            let paths = try place(session).write(units, force: force)
            try session.report(
                InstalledUnits(units: paths, program: program),
                "\(paths.joined(separator: " and ")) \(paths.count == 1 ? "is" : "are") written.\n"
                    + (user ? Self.userSteps : Self.systemSteps))
            return .success
        }

        private func place(_ session: Session) throws(Failure) -> UnitPlace {
            if let directory { return UnitPlace(directory: directory) }
            return user ? try UnitPlace(userOf: session.environment) : .system
        }

        private static let userSteps = """
            Next: systemctl --user daemon-reload && systemctl --user enable --now nnd
            To have it run while you are not logged in: loginctl enable-linger
            """

        private static let systemSteps = """
            Next, unless there is a user nnd: useradd --system --user-group --home-dir /var/lib/nnd --no-create-home \
            --shell /usr/sbin/nologin nnd
            Then: systemctl daemon-reload && systemctl enable --now nnd
            Whoever is to use it joins its group: usermod --append --groups nnd USER
            """
    }
}

/// What `nnctl daemon install --json` prints.
private struct InstalledUnits: Encodable {
    let units: [String]
    let program: String
}
