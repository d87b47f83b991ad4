extension [String: String] {
    /// The variable, unless it is unset or empty.
    package func nonempty(_ name: String) -> String? {
        guard let value = self[name], !value.isEmpty else { return nil }
        return value
    }

    /// The variable as a path without its trailing slashes. The XDG base directory specification has relative
    /// paths ignored.
    package func absolute(_ name: String) -> String? {
        guard var path = nonempty(name), path.hasPrefix("/") else { return nil }
        while path.count > 1, path.hasSuffix("/") { path.removeLast() }
        return path
    }
}
