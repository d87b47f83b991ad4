import Datasets
import Spec
import Testing

@Suite("Reading IDX files")
struct IDXReadingTests {
    let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private let pixels: [UInt8] = [0, 1, 2, 3, 4, 5, 250, 251, 252, 253, 254, 255]

    @Test("images keep their shape, and labels give the number of classes", arguments: [false, true])
    func pair(isCompressed: Bool) throws {
        let form = isCompressed ? storedGzip : { $0 }
        let images = try directory.file("images", form(idx([2, 2, 3], pixels)))
        let labels = try directory.file("labels", form(idx([2], [3, 1])))
        let dataset = try readIDX(images: images, labels: labels)
        #expect(dataset.count == 2)
        #expect(dataset.featureShape == [2, 3])
        #expect(dataset.featureCount == 6)
        #expect(dataset.classCount == 4)
        #expect(dataset.targetShape == nil)
        #expect(dataset.gathered() == pixels.map { Float($0) })
        #expect(dataset.labels == [3, 1])
    }

    @Test("samples may have 1 to 3 axes", arguments: [[12, 1], [2, 6], [2, 3, 2], [1, 3, 2, 2]])
    func ranks(shape: [Int]) throws {
        let images = try directory.file("images", idx(shape, pixels))
        let labels = try directory.file("labels", idx([shape[0]], [UInt8](repeating: 0, count: shape[0])))
        let dataset = try readIDX(images: images, labels: labels)
        #expect(dataset.featureShape == Array(shape.dropFirst()))
        #expect(dataset.gathered() == pixels.map { Float($0) })
    }

    @Test("regression takes labels as values")
    func regression() throws {
        let images = try directory.file("images", idx([2, 2, 3], pixels))
        let labels = try directory.file("labels", idx([2], [200, 7]))
        let source = SourceSpec.idx(IDXSourceSpec(images: images, labels: labels))
        let dataset = try Dataset.load(source, task: .regression)
        #expect(dataset.classCount == nil)
        #expect(dataset.targetShape == [1])
        #expect(dataset.values == [200, 7])
    }
}
