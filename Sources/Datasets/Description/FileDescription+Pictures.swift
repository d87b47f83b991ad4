import Files

extension FileDescription {
    /// A folder of pictures, one folder a class, as an array of bytes [pictures, channels, height, width]: of the size that
    /// pictures in the middle have, and in colour if any of those looked at is.
    static func pictures(
        _ directory: String, _ files: FileOpener
    ) throws(DataError) -> (values: Values, classes: [String]) {
        let folder = try PictureFolder(classesIn: directory, files)
        // Enough to tell by; the others are read when they are trained on.
        let step = max(1, folder.files.count / mostPictures)
        var (heights, widths, channels, summary) = ([Int](), [Int](), 1, ValueSummary())
        for index in stride(from: 0, to: folder.files.count, by: step) {
            let picture = try PictureFormat.size(of: "\(directory)/\(folder.files[index])", files)
            heights.append(picture.height)
            widths.append(picture.width)
            channels = max(channels, picture.channels)
        }
        summary.add([0, 255])
        func middle(_ sizes: [Int]) -> Int { sizes.sorted()[sizes.count / 2] }
        let shape = [folder.files.count, channels, middle(heights), middle(widths)]
        return (Values(name: "", shape: shape, summary: summary), folder.classNames)
    }

    private static let mostPictures = 64
}
