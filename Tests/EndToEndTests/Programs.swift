import Foundation

/// Where the programs under test are: beside the test bundle, in the build's bin directory.
enum Programs {
    static let nnd = directory + "/nnd"
    static let nnctl = directory + "/nnctl"

    /// The project's own example, which is small enough to train in a second.
    static let digits = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Examples/digits").path(percentEncoded: false)

    static let directory = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        .deletingLastPathComponent().path(percentEncoded: false)
}
