extension DaemonConfiguration {
    /// Reads the daemon's file. One that holds nothing but comments says nothing.
    ///
    /// - Parameters:
    ///   - text: YAML, of which JSON is a part; at most 1 MiB, one document.
    ///   - file: What errors call the text.
    /// - Throws: The first problem in file order, with its line and key.
    package init(yaml text: String, file: String) throws(SpecError) {
        do throws(SpecError) {
            self.init()
            guard let root = try DocumentNode(yaml: text), !root.isNull else { return }
            try Grammar.mapping(DaemonFormat.file).check(root, at: .root)
            try root.read("state_dir", into: &stateDir)
            try root.read("socket", into: &socket)
            // Its number is one to YAML.
            group = root["group"]?.natural.map(String.init)
            if group == nil { try root.read("group", into: &group) }
            try root.read("listen", into: &listen)
            try root.read("token_file", into: &tokenFile)
            try root.read("max_running", into: &maxRunning)
            try root.read("workers", into: &workers)
            try root.read("max_connections", into: &maxConnections)
            try root.read("log_level", into: &logLevel)
            try root.read("log_format", into: &logFormat)
        } catch {
            var error = error
            error.file = file
            throw error
        }
    }

    /// What is said, by the keys of the file and as it stands there, in the order of the format.
    package var settings: [(key: String, value: String)] {
        let said: [String: DocumentNode?] = [
            "state_dir": stateDir?.document, "socket": socket?.document,
            "group": group?.document, "listen": listen?.document, "token_file": tokenFile?.document,
            "max_running": maxRunning?.document,
            "workers": workers?.document, "max_connections": maxConnections?.document,
            "log_level": logLevel?.document, "log_format": logFormat?.document,
        ]
        return DaemonFormat.file.keys.compactMap { key in
            said[key].flatMap { $0 }.map { (key, $0.settingText) }
        }
    }
}

extension DocumentNode {
    /// A word or a number as it may stand in YAML; in quotes unless it is one that needs none.
    fileprivate var settingText: String {
        switch value {
        case .plain(let text): text
        case .quoted(let text):
            text.unicodeScalars.allSatisfy { $0.isNameCharacter || $0 == "/" || $0 == "." } ? text : json
        case .list, .mapping: json
        }
    }
}
