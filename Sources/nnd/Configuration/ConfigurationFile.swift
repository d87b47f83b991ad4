import Control
import Files
import Glibc
package import Spec

/// The daemon's file, `nnd.yaml`.
package struct ConfigurationFile: Sendable, Equatable {
    package let path: String
    /// Whether somebody named it, so that it has to be there.
    package let isNamed: Bool

    package init(path: String, isNamed: Bool) {
        self.path = path
        self.isNamed = isNamed
    }

    /// The first that is given of: the option, `nnd.yaml` in `$CONFIGURATION_DIRECTORY` (systemd's), `/etc/nnd/nnd.yaml` for root,
    /// `$XDG_CONFIG_HOME/nnd/nnd.yaml`, `~/.config/nnd/nnd.yaml`.
    ///
    /// - Parameters:
    ///   - option: The value of `--config`.
    ///   - environment: The process's environment. Empty variables count as unset, and so do relative paths in them.
    ///   - userID: The effective user id.
    /// - Returns: Nil if none is given and `$HOME` is not set; whether anything is there is not looked at.
    package static func find(
        option: String?, environment: [String: String], userID: UInt32
    ) -> ConfigurationFile? {
        if let option { return ConfigurationFile(path: option, isNamed: true) }
        // systemd separates several directories by colons; the first is the service's own.
        if let directory = environment.absolute("CONFIGURATION_DIRECTORY")?.split(separator: ":").first {
            return ConfigurationFile(path: "\(directory)/nnd.yaml", isNamed: false)
        }
        if userID == 0 { return ConfigurationFile(path: "/etc/nnd/nnd.yaml", isNamed: false) }
        return
            (environment.absolute("XDG_CONFIG_HOME") ?? environment.absolute("HOME").map { "\($0)/.config" })
            .map {
                ConfigurationFile(path: "\($0)/nnd/nnd.yaml", isNamed: false)
            }
    }

    /// What the file says; nil if it is not there and need not be.
    ///
    /// - Throws: `badInput` with the line and the key, `noPermission` or `inputOutput`.
    package func read() throws(StartupError) -> DaemonConfiguration? {
        guard let bytes = try bytes() else { return nil }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw StartupError(.badInput, "\(path): not UTF-8 text; the daemon's file is YAML in UTF-8.")
        }
        do {
            return try DaemonConfiguration(yaml: text, file: path)
        } catch {
            throw StartupError(.badInput, "\(error).")
        }
    }
}

extension ConfigurationFile {
    private static let most = 1 << 20

    private func bytes() throws(StartupError) -> [UInt8]? {
        // What is no file, a pipe for example, would hold up the daemon until somebody writes to it.
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            let error = SystemError.last
            if error.number == ENOENT, !isNamed { return nil }
            throw failure(error)
        }
        defer { close(descriptor) }
        guard FileIdentity(descriptor: descriptor)?.isFile == true else {
            throw StartupError(
                .badInput, "\(path) is not a file; name the daemon's configuration with --config.")
        }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 14)
        while true {
            let count = unsafe Glibc.read(descriptor, &chunk, chunk.count)
            if count == 0 { return bytes }
            guard count > 0 else {
                let error = SystemError.last
                if error.number == EINTR { continue }
                throw failure(error)
            }
            bytes += chunk.prefix(count)
            guard bytes.count <= Self.most else {
                throw StartupError(.badInput, "\(path): more than 1 MiB; no configuration is that long.")
            }
        }
    }

    private func failure(_ error: SystemError) -> StartupError {
        let status: ExitStatus =
            error.number == ENOENT ? .badInput : error.isPermission ? .noPermission : .inputOutput
        return StartupError(
            status, "The configuration \(path) cannot be read (\(error)); name another with --config.")
    }
}
