import Control
import Spec

/// What would be in force, as it could stand in the daemon's file, and where each of it is from.
package struct ConfigurationReport {
    /// YAML, a line each.
    package let text: String

    /// - Throws: `StartupError` if the file or what it says is wrong.
    package init(_ configuration: Configuration) throws(StartupError) {
        let said = try configuration.file?.read()
        let settings = try configuration.settings(saidByFile: said).configuration.settings
        let path = configuration.file?.path ?? ""
        func origin(of key: String) -> String {
            if Self.says(configuration.options, key) { return "command line" }
            if Self.says(said, key) { return path }
            return Self.variable(of: key, in: configuration.environment) ?? "default"
        }
        let lines = settings.map { "\($0.key): \($0.value)  # \(origin(of: $0.key))\n" }
        let heading = said == nil && !path.isEmpty ? "# There is no \(path).\n" : ""
        text = heading + lines.joined()
    }

    /// The variable of the environment that a setting is from; nil if none says anything of it.
    private static func variable(of key: String, in environment: [String: String]) -> String? {
        let name = ["socket": "NND_SOCKET", "state_dir": "STATE_DIRECTORY"][key]
        return name.flatMap { environment.nonempty($0) == nil ? nil : "$\($0)" }
    }

    private static func says(_ configuration: DaemonConfiguration?, _ key: String) -> Bool {
        configuration?.settings.contains { $0.key == key } ?? false
    }
}
