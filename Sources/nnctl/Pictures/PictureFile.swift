import CPictures
package import Charts
import Control

/// A file that a picture goes to, as the user named it: SVG or PNG, by its ending.
package struct PictureFile: Sendable, Equatable {
    private enum Format {
        case svg
        case png
    }

    /// What `--scale` may be: pixels of a PNG for each of the drawing.
    package static let scales = 0.1...10.0

    package let path: String
    private let isReplacing: Bool
    private let format: Format

    /// - Parameters:
    ///   - path: As the user named it.
    ///   - isReplacing: Whether a file that is there may go.
    /// - Throws: `Failure` for any other ending, and where no such file can be made.
    package init(_ path: String, replacing isReplacing: Bool) throws(Failure) {
        (self.path, self.isReplacing) = (path, isReplacing)
        switch path.lowercased() {
        case let name where name.hasSuffix(".svg"): format = .svg
        case let name where name.hasSuffix(".png"): format = .png
        default:
            throw Failure(
                .usage, "\(path): what a picture is, is told by its name; let it end in .svg or in .png.")
        }
        try OutputFile.check(path, replacing: isReplacing)
    }

    /// Writes the file, all of it or nothing.
    ///
    /// - Parameters:
    ///   - picture: What is drawn.
    ///   - scale: For a PNG.
    /// - Throws: `Failure`, also when there is no librsvg for a PNG.
    package func write(_ picture: Picture, scale: Double) throws(Failure) {
        let bytes =
            switch format {
            case .svg: Array(picture.svg.utf8)
            case .png: try picture.png(scale: scale, for: path)
            }
        try OutputFile.write(bytes, to: path, replacing: isReplacing)
    }
}

extension Picture {
    /// The picture as librsvg draws it, on its light page.
    fileprivate func png(scale: Double, for path: String) throws(Failure) -> [UInt8] {
        let document = Array(svg.utf8)
        var message = [CChar](repeating: 0, count: 400)
        var bytes: UnsafeMutablePointer<UInt8>?
        var size = 0
        let status = unsafe nnd_png_from_svg(
            document, document.count, Double(width), Double(height), scale, &bytes, &size, &message,
            message.count)
        defer { unsafe nnd_png_free(bytes) }
        let reason = String(decoding: message.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        switch Int(status) {
        case Int(NND_PNG_DRAWN): return unsafe Array(UnsafeBufferPointer(start: bytes, count: size))
        case Int(NND_PNG_NO_LIBRARY):
            throw Failure(
                .cannotCreate,
                "\(path): a PNG is drawn by librsvg, which cannot be loaded (\(reason)); "
                    + "install the package librsvg2-2, or let the name end in .svg.")
        default: throw Failure(.cannotCreate, "\(path): the picture cannot be drawn: \(reason)")
        }
    }
}
