import Control

/// Where a setting was made: on the command line or in the daemon's file.
package struct SettingOrigin: Sendable {
    /// As whoever made it finds it: `--listen`, or `/etc/nnd/nnd.yaml: listen`.
    let name: String
    /// The exit status for a setting that cannot be meant.
    let status: ExitStatus

    static func option(_ name: String) -> SettingOrigin {
        SettingOrigin(name: "--" + name, status: .usage)
    }

    static func file(_ path: String, key: String) -> SettingOrigin {
        SettingOrigin(name: "\(path): \(key)", status: .badInput)
    }

    /// The error of a setting that cannot be meant; `sentence` says what is wrong with it, without its name.
    func error(_ sentence: String) -> StartupError {
        StartupError(status, "\(name)\(sentence)")
    }
}
