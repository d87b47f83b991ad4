import Datasets
import Files
import Foundation
import Spec
import TestSupport
import Testing

@Suite("Classes that have words for names")
struct ClassWordTests {
    let directory: TemporaryDirectory
    private let irises =
        "kind,a\nIris-virginica,1\n\"Iris, \"\"wild\"\"\",2\nIris-setosa ,3\nIris-virginica,4\n"

    init() throws { directory = try TemporaryDirectory() }

    private func read(
        _ path: String, labels: [String] = ["kind"], limit: Int = .max, classNames: [String]? = nil
    ) throws(DataError) -> Dataset {
        try Dataset.load(
            .csv(CSVSourceSpec(path: path, labels: labels)), task: .classification,
            storage: SampleStorage(memoryLimit: limit, directory: directory.path), files: .own,
            like: classNames.map { SampleNames(classes: $0) })
    }

    @Test("count from 0 in the order of their bytes, in memory and in files")
    func words() throws {
        let path = try directory.file("irises.csv", irises)
        for limit in [Int.max, 0] {
            let dataset = try read(path, limit: limit)
            #expect(dataset.names.classes == ["Iris, \"wild\"", "Iris-setosa", "Iris-virginica"])
            #expect(dataset.labels == [2, 0, 1, 2] && dataset.classCount == 3)
            #expect(dataset.gathered() == [1, 2, 3, 4])
            let view = try dataset.subset(rows: [1]).scaled(by: .divide(by: 2))
            #expect(view.names.classes == dataset.names.classes && view.classCount == 3)
        }
        let two = try directory.file("two.csv", "x,a,y\nb,1,c\na,2,b\n")
        let sequence = try read(two, labels: ["y", "x"])
        #expect(sequence.names.classes == ["a", "b", "c"] && sequence.labels == [2, 1, 1, 0])
    }

    @Test("numbers stay numbers")
    func numbers() throws {
        let path = try directory.file("numbers.csv", "kind,a\n2,1\n0,2\n")
        let dataset = try read(path)
        #expect(dataset.names.classes == nil && dataset.labels == [2, 0])
        let mixed = try directory.file("mixed.csv", "kind,a\n2,1\nrose,2\n")
        expect(.notANumber, "FILE:3: column \"kind\": \"rose\" is not a number", path: mixed) {
            () throws(DataError) in try read(mixed)
        }
    }

    @Test("are those of the training data, whichever occur")
    func known() throws {
        let path = try directory.file("test.csv", "kind,a\ntulip,1\nrose,2\n")
        let dataset = try read(path, classNames: ["daisy", "rose", "tulip"])
        #expect(dataset.labels == [2, 1] && dataset.classCount == 3)
        expect(
            .badLabel,
            "FILE:2: column \"kind\": \"tulip\" is no class of the training data, which has \"daisy\", \"rose\"",
            path: path
        ) { () throws(DataError) in try read(path, classNames: ["daisy", "rose"]) }
        let empty = try directory.file("empty.csv", "kind,a\nrose,1\n ,2\n")
        expect(
            .badLabel, "FILE:3: column \"kind\": the field is empty, where a class is needed", path: empty
        ) { () throws(DataError) in try read(empty) }
        // Words where the training data has numbers.
        expect(
            .notANumber, "FILE:2: column \"kind\": \"tulip\" is not a number", path: path
        ) { () throws(DataError) in
            try Dataset.load(
                .csv(CSVSourceSpec(path: path, label: "kind")), task: .classification, storage: .standard(),
                files: .own, like: SampleNames(labels: [0]))
        }
    }
}
