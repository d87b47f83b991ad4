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
        let lines = settings.map { setting in
            let origin =
                Self.says(configuration.options, setting.key)
                ? "command line" : Self.says(said, setting.key) ? path : "default"
            return "\(setting.key): \(setting.value)  # \(origin)\n"
        }
        let heading = said == nil && !path.isEmpty ? "# There is no \(path).\n" : ""
        text = heading + lines.joined()
    }

    private static func says(_ configuration: DaemonConfiguration?, _ key: String) -> Bool {
        configuration?.settings.contains { $0.key == key } ?? false
    }
}
