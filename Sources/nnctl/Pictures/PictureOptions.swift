package import ArgumentParser

/// Whether and how a picture is written.
package struct PictureOptions: ParsableArguments {
    @Option(
        name: .shortAndLong, help: "Write a picture: a file that ends in .svg or .png.",
        completion: .file(extensions: ["svg", "png"]))
    package var output: String?

    @Flag(help: "Replace the picture if it is there already.")
    package var force = false

    @Option(parsing: .unconditional, help: "Pixels of a PNG for each of the drawing, from 0.1 to 10.")
    package var scale = 2.0

    @Option(help: "The picture's title.")
    package var title: String?

    package init() {}

    package func validate() throws {
        guard PictureFile.scales.contains(scale) else {
            throw ValidationError("--scale is a number from 0.1 to 10.")
        }
    }

    /// - Throws: `Failure` for a name that tells no format, and for one that is taken.
    var file: PictureFile? {
        get throws(Failure) {
            guard let output else { return nil }
            return try PictureFile(output, replacing: force)
        }
    }
}
