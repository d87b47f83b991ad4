import Datasets
import Foundation
import Spec
import Testing

@Suite("A file that changes while it is in use is noticed")
struct ChangedFileTests {
    let directory: TemporaryDirectory
    let images: String
    let dataset: Dataset

    init() throws {
        directory = try TemporaryDirectory()
        images = try directory.file("images", idx([3, 1, 2], [1, 2, 3, 4, 5, 6]))
        let labels = try directory.file("labels", idx([3], [0, 1, 2]))
        dataset = try Dataset.load(
            .idx(IDXSourceSpec(images: images, labels: labels)), task: .classification,
            storage: SampleStorage(memoryLimit: 0, directory: directory.path))
    }

    private func expectChanged(sourceLocation: SourceLocation = #_sourceLocation) {
        let sentence =
            "\(images): the file has changed while it was in use; a job needs its samples as they are until it ends"
        var output: [Float] = [0, 0]
        let rows: [Int32] = [2]
        do throws(DataError) {
            var span = output.mutableSpan
            try dataset.gatherFeatures(rows: rows.span, into: &span)
            Issue.record("read \(output)", sourceLocation: sourceLocation)
        } catch {
            #expect(error.code == .changed, sourceLocation: sourceLocation)
            #expect(error.description == sentence, sourceLocation: sourceLocation)
        }
        #expect(throws: DataError.self, sourceLocation: sourceLocation) { _ = try dataset.fingerprint() }
        #expect(throws: DataError.self, sourceLocation: sourceLocation) {
            try FeatureScaling.fit(.standardize, on: dataset)
        }
        #expect(throws: DataError.self, sourceLocation: sourceLocation) {
            try dataset.firstFeature { $0 < 0 }
        }
    }

    @Test("cut short, before the sample and behind it", arguments: [10, 19, 21])
    func cut(size: Int) throws {
        #expect(dataset.gathered() == [1, 2, 3, 4, 5, 6])
        #expect(truncate(images, size) == 0)
        expectChanged()
    }

    @Test("written over")
    func overwritten() throws {
        let handle = try #require(FileHandle(forWritingAtPath: images))
        try handle.seek(toOffset: 16)
        try handle.write(contentsOf: [9])
        try handle.close()
        // A write within the clock tick of the file's making would not show in its time.
        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSince1970: 1)], ofItemAtPath: images)
        expectChanged()
    }

    @Test("a file put in its place, or its removal, changes nothing")
    func replaced() throws {
        let other = try directory.file("other", idx([3, 1, 2], [9, 9, 9, 9, 9, 9]))
        #expect(rename(other, images) == 0)
        #expect(dataset.gathered() == [1, 2, 3, 4, 5, 6])
        #expect(unlink(images) == 0)
        #expect(dataset.gathered([2, 0]) == [5, 6, 1, 2])
    }
}
