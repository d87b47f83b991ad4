import Glibc

/// Where programs are looked for: the directories of `PATH`, those alone that are seen from the root.
enum SearchPath {
    private static let usual = "/usr/local/bin:/usr/bin:/bin"

    /// The path of a program.
    ///
    /// - Parameters:
    ///   - name: Its name.
    ///   - directories: To look in first.
    ///   - searchPath: What `PATH` is; nil for the usual one.
    /// - Returns: nil when it is nowhere.
    static func program(_ name: String, first directories: [String] = [], searchPath: String?) -> String? {
        let all = directories + (searchPath ?? usual).split(separator: ":").map(String.init)
        return all.lazy.filter { $0.hasPrefix("/") }.map { "\($0)/\(name)" }
            .first { unsafe access($0, X_OK) == 0 }
    }
}
