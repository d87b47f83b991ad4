/// A folder of pictures with one folder a class in it, as torchvision's `ImageFolder` takes it.
///
/// Classes count from 0 in the order of their folders' names, and samples come in the order of class and file name. A
/// sample has the shape [channels, height, width], each value from 0 to 255.
public struct ImagesSourceSpec: Sendable, Equatable {
    /// The path of the folder.
    public var directory: String
    /// Height and width, to which every picture is resized.
    public var size: [Int]
    /// 1 for shades of grey, 3 for red, green and blue.
    public var channels: Int

    /// Pictures in colour unless told otherwise.
    public init(directory: String, size: [Int], channels: Int = 3) {
        self.directory = directory
        self.size = size
        self.channels = channels
    }
}
