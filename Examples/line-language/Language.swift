import Foundation

/// The languages that the project's own files are written in.
enum Language: Int, CaseIterable {
    case swift
    case c
    case markdown
    case python
    /// YAML and shell: settings and scripts.
    case script

    /// The language of a file of the project; nil for what is none of these.
    init?(path: String) {
        let name = (path as NSString).lastPathComponent
        switch (name as NSString).pathExtension {
        case "swift": self = .swift
        case "c", "h": self = .c
        case "md": self = .markdown
        case "py": self = .python
        case "yaml", "sh": self = .script
        case "" where path.hasPrefix("scripts/") || path == ".ci/run": self = .script
        default: return nil
        }
    }
}
