import Datasets
import Foundation
import Spec
import Testing

/// Each kind of file is read twice, once into memory and once so that nothing may be in memory, and both must show the
/// same in every way in which a data set can be looked at.
@Suite("Samples in files are those in memory")
struct StorageTests {
    let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    enum Form: CaseIterable {
        case plainIDX, compressedIDX, regressionIDX, table, compressedTable, sequences, values
    }

    private static let count = 1200
    private static let columns = 12

    private func source(_ form: Form) throws -> (SourceSpec, LearningTask) {
        let (count, columns) = (StorageTests.count, StorageTests.columns)
        let bytes = (0..<count * columns).map { UInt8(truncatingIfNeeded: ($0 &* 97) >> 2) }
        let labels = (0..<count).map { UInt8($0 * $0 % 7) }
        switch form {
        case .plainIDX, .compressedIDX, .regressionIDX:
            let (images, classes) = (idx([count, 3, 4], bytes), idx([count], labels))
            let isCompressed = form == .compressedIDX
            let files = IDXSourceSpec(
                images: try directory.file("images", isCompressed ? storedGzip(images) : images),
                labels: try directory.file("labels", isCompressed ? storedGzip(classes) : classes))
            return (.idx(files), form == .regressionIDX ? .regression : .classification)
        case .table, .compressedTable, .sequences, .values:
            let both = form == .sequences || form == .values
            let lines = (0..<count).map { row -> String in
                let numbers = (0..<columns).map { column -> String in
                    "\(Float(bytes[row * columns + column]) / 7 - 11)"
                }
                let last = ["\(labels[row])", "\((labels[row] + 3) % 7)"].prefix(both ? 2 : 1)
                return (numbers + last).joined(separator: ",")
            }
            let text = Array((lines.joined(separator: "\n") + "\n").utf8)
            let path = try directory.file("table", form == .compressedTable ? storedGzip(text) : text)
            let names = both ? ["13", "12"] : ["12"]
            return (
                .csv(CSVSourceSpec(path: path, labels: names, header: false)),
                form == .values ? .regression : .classification
            )
        }
    }

    private func storage(_ limit: Int) -> SampleStorage {
        SampleStorage(memoryLimit: limit, directory: "\(directory.path)/cache")
    }

    @Test("whatever is asked of them", arguments: Form.allCases)
    func equal(form: Form) throws {
        let (source, task) = try source(form)
        let memory = try Dataset.load(source, task: task, storage: storage(.max))
        let file = try Dataset.load(source, task: task, storage: storage(0))
        #expect(memory.storedBytes > 0)
        #expect(file.storedBytes == 0)
        #expect(file.count == StorageTests.count)

        // All of it, a part with gaps, and rows in no order, one of them twice.
        let part = (0..<StorageTests.count).filter { $0 % 5 != 2 }.map { Int32($0) }
        let odd: [Int32] = [1199, 3, 700, 3, 0, 1, 2, 640]
        for (a, b) in [
            (memory, file), (memory.subset(rows: part), file.subset(rows: part)),
            (memory.subset(rows: odd), file.subset(rows: odd)),
        ] {
            #expect(try a.fingerprint() == b.fingerprint())
            #expect(try a.targetRange() == b.targetRange())
            #expect(a.classCount == b.classCount)
            if a.classCount == nil {
                #expect(a.values == b.values)
            } else {
                #expect(a.labels == b.labels)
            }
            for spec in [ScaleSpec.none, .divide(3), .divide(255), .standardize] {
                let (scaling, other) = try (FeatureScaling.fit(spec, on: a), FeatureScaling.fit(spec, on: b))
                #expect(scaling == other)
                let (c, d) = try (a.scaled(by: scaling), b.scaled(by: other))
                #expect(c.gathered() == d.gathered())
                let limit = try #require(c.gathered().max())
                let places = try [c, d].map { try $0.firstFeature { $0 == limit } }
                #expect(places[0] != nil && places[0] == places[1])
            }
        }
    }

    @Test("a limit counts features and targets together, and what is just within it stays in memory")
    func limit() throws {
        let features = StorageTests.count * StorageTests.columns
        let labels = 4 * StorageTests.count
        for (form, featureBytes) in [
            (Form.plainIDX, features), (.compressedIDX, features), (.table, 4 * features),
        ] {
            let (source, task) = try source(form)
            func held(_ limit: Int) throws -> Int {
                try Dataset.load(source, task: task, storage: storage(limit)).storedBytes
            }
            #expect(try held(featureBytes + labels) == featureBytes + labels)
            #expect(try held(featureBytes + labels - 1) < featureBytes + labels)
        }
        // Whatever does not fit goes, and the rest need not.
        let (source, task) = try source(.plainIDX)
        #expect(try Dataset.load(source, task: task, storage: storage(features)).storedBytes == features)
        #expect(try Dataset.load(source, task: task, storage: storage(labels)).storedBytes == labels)
    }

    @Test("a file of decoded samples has no name, and its directory is made for its owner alone")
    func nameless() throws {
        let (source, task) = try source(.table)
        let cache = "\(directory.path)/cache"
        let dataset = try Dataset.load(source, task: task, storage: storage(0))
        #expect(try FileManager.default.contentsOfDirectory(atPath: cache) == [])
        let attributes = try FileManager.default.attributesOfItem(atPath: cache)
        #expect(attributes[.posixPermissions] as? Int == 0o700)
        // Nothing is left of the table itself either.
        try FileManager.default.removeItem(atPath: "\(directory.path)/table")
        #expect(dataset.gathered().count == StorageTests.count * StorageTests.columns)
    }

    @Test("a directory in which no file can be made, and a disk without room, get a sentence")
    func noPlace() throws {
        let (source, task) = try source(.table)
        let (path, file) = ("\(directory.path)/table", try directory.file("file", "x"))
        var storage = SampleStorage(memoryLimit: 100, directory: "\(file)/cache")
        expect(
            .unwritable,
            "FILE: the samples do not fit into 100 bytes of memory, and no file can be made for them in "
                + "\(file)/cache (Not a directory); name a directory by $NND_CACHE",
            path: path
        ) { () throws(DataError) in try Dataset.load(source, task: task, storage: storage) }

        storage = self.storage(100)
        storage.reserve = 1 << 60
        expect(
            .noSpace,
            "FILE: the samples do not fit into 100 bytes of memory, and decoded they do not fit into "
                + "\(directory.path)/cache either; free space there or name another directory by $NND_CACHE",
            path: path
        ) { () throws(DataError) in try Dataset.load(source, task: task, storage: storage) }
    }

    @Test("where files go and how much may be in memory, by the environment")
    func standard() {
        func storage(_ environment: [String: String], userID: UInt32 = 1000) -> SampleStorage {
            SampleStorage.standard(available: 4000, environment: environment, userID: userID)
        }
        #expect(storage([:]) == SampleStorage(memoryLimit: 1000, directory: "/var/tmp"))
        #expect(storage([:], userID: 0).directory == "/var/cache/nnd")
        #expect(storage(["HOME": "/h"]).directory == "/h/.cache/nnd")
        let all = [
            "HOME": "/h", "XDG_CACHE_HOME": "/x", "CACHE_DIRECTORY": "/c:/d", "NND_CACHE": "/n",
            "NND_DATA_MEMORY": "77",
        ]
        #expect(storage(all) == SampleStorage(memoryLimit: 77, directory: "/n"))
        #expect(storage(all.filter { $0.key != "NND_CACHE" }).directory == "/c")
        #expect(storage(["HOME": "/h", "XDG_CACHE_HOME": "/x"]).directory == "/x/nnd")
        // The XDG base directory specification has relative paths ignored.
        #expect(storage(["HOME": "/h", "XDG_CACHE_HOME": "x"]).directory == "/h/.cache/nnd")
        #expect(SampleStorage.standard(available: -5, environment: [:], userID: 0).memoryLimit == 0)
    }
}
