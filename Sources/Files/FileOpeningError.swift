/// Why a file could not be opened.
package struct FileOpeningError: Error, Sendable, Equatable {
    package enum Kind: Sendable {
        case missing
        case unreadable
        /// A directory, a pipe or a device.
        case notAFile
    }

    package let kind: Kind
    /// What is wrong, to follow the file's name.
    package let problem: String

    package init(_ kind: Kind, _ problem: String) {
        self.kind = kind
        self.problem = problem
    }
}
