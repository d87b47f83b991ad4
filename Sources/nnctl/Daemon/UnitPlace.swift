import Control
import Foundation

/// Where systemd looks for units that somebody has installed, systemd.unit(5).
struct UnitPlace {
    let directory: String

    /// Those of the whole system.
    static let system = UnitPlace(directory: "/etc/systemd/system")

    init(directory: String) {
        self.directory = directory
    }

    /// A user's.
    init(userOf environment: [String: String]) throws(Failure) {
        guard
            let configuration = environment.absolute("XDG_CONFIG_HOME")
                ?? environment.absolute("HOME").map({ $0 + "/.config" })
        else {
            throw Failure(.cannotCreate, "There is no home directory; set $HOME or $XDG_CONFIG_HOME.")
        }
        self.init(directory: configuration + "/systemd/user")
    }

    /// Writes the units; ones that are there and say the same stay as they are.
    ///
    /// - Parameters:
    ///   - units: All that belong together: none is written if one of them is in the way.
    ///   - force: Whether ones that are there and differ are written over.
    /// - Returns: The paths of the files.
    /// - Throws: `cannotCreate` if one is in the way or cannot be written.
    func write(_ units: [ServiceUnit], force: Bool) throws(Failure) -> [String] {
        let files = units.map { (path: directory + "/" + $0.name, text: $0.text) }
        for (path, text) in files where !force {
            guard FileManager.default.fileExists(atPath: path) else { continue }
            // One that cannot be read is somebody's too.
            guard FileManager.default.contents(atPath: path) == Data(text.utf8) else {
                throw Failure(.cannotCreate, "\(path) is there and differs; --force writes over it.")
            }
        }
        for (path, text) in files {
            do {
                try FileManager.default.createDirectory(
                    atPath: directory, withIntermediateDirectories: true)
                try Data(text.utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
            } catch {
                throw Failure(.cannotCreate, "\(path) cannot be written: \(error.localizedDescription)")
            }
        }
        return files.map(\.path)
    }
}
