import Foundation

/// The files that this process has open.
enum OpenFiles {
    static func contain(_ path: String) -> Bool {
        let (files, folder) = (FileManager.default, "/proc/self/fd")
        let place = URL(filePath: path).resolvingSymlinksInPath().path
        let numbers = (try? files.contentsOfDirectory(atPath: folder)) ?? []
        return numbers.contains { (try? files.destinationOfSymbolicLink(atPath: "\(folder)/\($0)")) == place }
    }
}
