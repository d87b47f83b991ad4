import CImages
import Files

/// How pictures become samples: resized to one size, as bytes [channels, height, width].
///
/// PNG and JPEG files are read by libpng and libjpeg-turbo. Alpha is left out, sixteen bits become eight, and shades of grey are
/// ITU-R BT.601's luma. The orientation that a camera noted is not looked at. Sizes change by the triangle filter
/// (`nnd_image_resize`).
package struct PictureFormat: Sendable, Equatable {
    package let height: Int
    package let width: Int
    /// 1 or 3.
    package let channels: Int
    /// Whether pictures of other sizes are resized, not refused.
    let mayResize: Bool

    package init(height: Int, width: Int, channels: Int, mayResize: Bool = true) {
        (self.height, self.width, self.channels) = (height, width, channels)
        self.mayResize = mayResize
    }

    /// The shape of a sample.
    package var shape: [Int] { [channels, height, width] }
    var size: Int { channels * height * width }

    /// No picture of more pixels is decoded: a small file may hold a huge one.
    static let mostPixels = 1 << 26
    /// No file of more bytes is.
    static let largestFile = 1 << 28

    /// Whether a file that begins so is a picture that can be read.
    package static func isPicture(_ start: [UInt8]) -> Bool {
        unsafe nnd_is_image(start, start.count) != 0
    }

    /// The sample that a file gives.
    ///
    /// - Throws: `DataError` when it cannot be read, is no picture, is damaged, or is too large.
    func sample(of path: String, _ files: FileOpener) throws(DataError) -> [UInt8] {
        try unsafe Self.decoded(path, channels: channels, files) { image throws(DataError) in
            guard unsafe mayResize || (image.width == width && image.height == height) else {
                throw unsafe DataError(
                    .wrongShape, file: path,
                    "the picture has \(image.width) x \(image.height) pixels, but the flat `model.input` [\(size)] "
                        + "takes one of \(width) x \(height), and resizes none")
            }
            var sample = [UInt8](repeating: 0, count: size)
            guard unsafe nnd_image_resize(&image, Int32(channels), height, width, &sample) != 0 else {
                throw unsafe Self.problem(NND_IMAGE_NO_MEMORY, image, path)
            }
            return sample
        }
    }

    /// How large the picture in a file is, with one channel if it has nothing but shades of grey.
    ///
    /// - Throws: `DataError` as above.
    static func size(of path: String, _ files: FileOpener) throws(DataError) -> PictureFormat {
        try unsafe decoded(path, channels: 3, files) { image in
            let count: Int = unsafe 3 * image.width * image.height
            let pixels = unsafe UnsafeBufferPointer<UInt8>(start: image.pixels, count: count)
            var isGrey = true
            for place in stride(from: 0, to: count, by: 3) where isGrey {
                let (red, green, blue) = unsafe (pixels[place], pixels[place + 1], pixels[place + 2])
                isGrey = red == green && green == blue
            }
            return unsafe PictureFormat(
                height: image.height, width: image.width, channels: isGrey ? 1 : 3)
        }
    }

    /// What `body` makes of a decoded picture.
    private static func decoded<Result>(
        _ path: String, channels: Int, _ files: FileOpener,
        _ body: (inout nnd_image) throws(DataError) -> Result
    ) throws(DataError) -> Result {
        var file = try InputFile(path: path, files)
        var content: [UInt8] = []
        try file.read(largestFile + 1, appendingTo: &content)
        guard content.count <= largestFile else {
            throw DataError(.tooLarge, file: path, "the file has more than \(largestFile) bytes")
        }
        var image = unsafe nnd_image()
        defer { unsafe nnd_image_free(&image) }
        let status = unsafe nnd_image_decode(content, content.count, Int32(channels), mostPixels, &image)
        guard status == NND_IMAGE_OK else { throw unsafe problem(status, image, path) }
        return try unsafe body(&image)
    }

    private static func problem(_ status: nnd_image_status, _ image: nnd_image, _ path: String) -> DataError {
        let message = unsafe withUnsafeBytes(of: image.message) { bytes in
            unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
        return unsafe problem(status, message, width: image.width, height: image.height, path)
    }

    private static func problem(
        _ status: nnd_image_status, _ message: String, width: Int, height: Int, _ path: String
    ) -> DataError {
        switch status {
        case NND_IMAGE_UNKNOWN:
            DataError(.wrongFormat, file: path, "this is neither a PNG nor a JPEG file")
        case NND_IMAGE_DAMAGED:
            DataError(.truncated, file: path, "the picture is damaged or cut off (\(message))")
        case NND_IMAGE_TOO_LARGE:
            DataError(
                .tooLarge, file: path,
                "the picture has \(width) x \(height) pixels; at most \(mostPixels) and 65535 along a "
                    + "side are read")
        case NND_IMAGE_UNSUPPORTED:
            DataError(.unsupportedType, file: path, "the picture cannot be read, since \(message)")
        default: DataError(.tooLarge, file: path, "the picture does not fit into the memory")
        }
    }
}
