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

    package init(height: Int, width: Int, channels: Int) {
        (self.height, self.width, self.channels) = (height, width, channels)
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
        var file = try InputFile(path: path, files)
        var content: [UInt8] = []
        try file.read(PictureFormat.largestFile + 1, appendingTo: &content)
        guard content.count <= PictureFormat.largestFile else {
            throw DataError(
                .tooLarge, file: path, "the file has more than \(PictureFormat.largestFile) bytes")
        }
        return try sample(decoding: content, path)
    }

    private func sample(decoding content: [UInt8], _ path: String) throws(DataError) -> [UInt8] {
        var image = unsafe nnd_image()
        let status = unsafe nnd_image_decode(
            content, content.count, Int32(channels), PictureFormat.mostPixels, &image)
        defer { unsafe nnd_image_free(&image) }
        var sample = [UInt8](repeating: 0, count: size)
        let isResized =
            unsafe status == NND_IMAGE_OK
            && nnd_image_resize(&image, Int32(channels), height, width, &sample) != 0
        if isResized { return sample }
        let message = unsafe withUnsafeBytes(of: &image.message) { bytes in
            unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
        throw unsafe problem(status, message, width: image.width, height: image.height, path)
    }

    private func problem(
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
                "the picture has \(width) x \(height) pixels; at most \(PictureFormat.mostPixels) and 65535 along a "
                    + "side are read")
        case NND_IMAGE_UNSUPPORTED:
            DataError(.unsupportedType, file: path, "the picture cannot be read, since \(message)")
        default: DataError(.tooLarge, file: path, "the picture does not fit into the memory")
        }
    }
}
