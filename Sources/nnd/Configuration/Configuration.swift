import Control
package import Spec

/// Where the daemon's settings come from: its command line, then its file, then the environment, then defaults. Read
/// again whenever somebody asks for it.
package struct Configuration: Sendable {
    /// What the command line says.
    package let options: DaemonConfiguration
    package let file: ConfigurationFile?
    package let environment: [String: String]
    package let userID: UInt32

    /// - Parameters:
    ///   - options: What the command line says.
    ///   - path: The value of `--config`.
    ///   - environment: The process's environment.
    ///   - userID: The effective user id.
    package init(
        options: DaemonConfiguration, path: String?, environment: [String: String], userID: UInt32
    ) {
        self.options = options
        self.environment = environment
        self.userID = userID
        file = .find(option: path, environment: environment, userID: userID)
    }

    /// Reads the file and puts all together.
    ///
    /// - Throws: `StartupError` as ``ConfigurationFile/read()``, for a group that does not exist or an address that cannot be
    ///   listened on, and if there is no telling where socket and state are.
    package func settings() throws(StartupError) -> Daemon.Settings {
        try settings(saidByFile: try file?.read())
    }

    func settings(saidByFile said: DaemonConfiguration?) throws(StartupError) -> Daemon.Settings {
        let said = options.filled(from: said ?? DaemonConfiguration()).filled(from: .defaults)
        let group = try said.group.map { name throws(StartupError) in
            try SocketGroup(name, from: origin(of: "group", option: options.group))
        }
        let address = try said.listen.map { text throws(StartupError) in
            try LoopbackAddress(text, from: origin(of: "listen", option: options.listen))
        }
        guard said.tokenFile == nil || address != nil else {
            throw origin(of: "token-file", option: options.tokenFile).error(
                ": the token is for TCP; say where to listen (--listen, or `listen` in the file) too.")
        }
        do {
            return Daemon.Settings(
                said,
                stateDirectory: try .find(option: said.stateDir, environment: environment, userID: userID),
                socket: try .find(option: said.socket, environment: environment, userID: userID),
                group: group, listen: address)
        } catch {
            throw StartupError(error.exitStatus, error.description)
        }
    }

    /// Where a setting that was made was made.
    private func origin(of name: String, option: String?) -> SettingOrigin {
        guard option == nil, let file else { return .option(name) }
        return .file(file.path, key: name.replacing("-", with: "_"))
    }
}

extension DaemonConfiguration {
    /// What holds where nothing is said, apart from places.
    static var defaults: DaemonConfiguration {
        var defaults = DaemonConfiguration()
        defaults.maxRunning = 1
        defaults.workers = .auto
        defaults.maxConnections = ConnectionAllowance.usual
        defaults.logLevel = .info
        defaults.logFormat = .text
        return defaults
    }
}
